"""An office from before deadlines said what they were counted from: the upgrade reads it from the words.

Seen to fail when ``_read_the_marks`` reads none, and when ``_say_what_was_counted`` is left out.
"""

import sqlalchemy as sa

from models.db import open_database
from models.tables.documents import Directive
from tests.cast import rows
from tests.models.database.old_office import working_under

MARK = "lịch nghỉ năm 2027 tạm tính"
WORKING = "trong 10 ngày làm việc kể từ ngày ký"
#: Kind, day, phrase, who read it, anchor, rule, basis of each directive; then what is known of it.
OLD: list[tuple[tuple[str | None, ...], tuple[bool, str | None, int | None, str]]] = [
    (
        ("date", "2027-02-15", WORKING, "relative_days", "document", None, MARK),
        (True, "2027-01-25", None, "2027"),
    ),
    (("date", "2027-02-15", WORKING, None, "document", None, MARK), (False, None, None, "2027")),
    (
        ("date", "2027-02-15", "trước ngày 15/02/2027", "absolute_day", None, None, ""),
        (False, None, None, ""),
    ),
    (
        ("none", None, "trong 5 ngày kể từ ngày nhận", "relative_days", "receipt", None,
         f"tính từ ngày nhận 26/01/2027, tạm tính; {MARK}"),
        (True, "2027-01-26", None, "2027"),
    ),
    (
        ("date", "2027-03-01", "trước ngày 01/03/2027", "absolute_day", None, None,
         "hai cấp: sớm hơn 3 ngày làm việc so với 01/03/2027"),
        (True, None, 3, "2027"),
    ),
    (("recurring", None, "hằng tháng", "monthly", None, "monthly", ""), (True, None, None, "2027")),
    (("recurring", None, "ngày 25", "monthly", None, "monthly day 25", ""), (False, None, None, "")),
]  # fmt: skip


def test_what_was_counted_is_read_from_the_words(database_url: str) -> None:
    with working_under("0013", database_url) as connection:
        connection.exec_driver_sql(
            "INSERT INTO agency (id, name, kind, vague) VALUES ('stc', 'S', 'x', FALSE)"
        )
        connection.exec_driver_sql(
            "INSERT INTO document (id, state, kind, dated_on, title, text, source_name, draft, version,"
            " entered_at) VALUES (1, 'issued', 'notice', '2027-01-25', '', '', '', '{}', 1,"
            " '2027-01-25 01:00:00')"
        )
        for number, (told, _) in enumerate(OLD, start=1):
            _insert(connection, number, told)
    opened = open_database(database_url)
    found = [
        (row.due_counted, str(row.due_counted_from) if row.due_counted_from else None, row.due_given_days,
         row.due_years)
        for row in rows(opened, Directive)
    ]  # fmt: skip
    assert found == [known for _, known in OLD]
    opened.dispose()


def _insert(connection: sa.Connection, number: int, told: tuple[str | None, ...]) -> None:
    names = ("due_kind", "due_on", "due_phrase", "due_read_by", "due_anchor", "due_rule", "due_basis")
    values = dict(zip(names, told, strict=True)) | {"id": number}
    day = "CAST(:due_on AS date)" if connection.dialect.name == "postgresql" else ":due_on"
    connection.execute(
        sa.text(
            "INSERT INTO directive (id, document_id, ordinal, text, span_start, span_end, due_kind, due_on,"
            " due_phrase, due_read_by, due_anchor, due_rule, due_basis, due_approximate, urgency, escalation,"
            f" standing_rule, doubts) VALUES (:id, 1, :id, 'x', 0, 1, :due_kind, {day}, :due_phrase,"
            " :due_read_by, :due_anchor, :due_rule, :due_basis, FALSE, '', FALSE, FALSE, '[]')"
        ),
        values,
    )
    connection.exec_driver_sql(
        "INSERT INTO task (id, directive_id, agency_id, occurrence, title, status, version, assigned_on,"
        " due_on, urged, due_set_on, late_step, count_step, urgent) VALUES"
        f" ({number}, {number}, 'stc', {number}, 'x', 'assigned', 0, '2027-01-25', '2027-02-15', 0,"
        " '2027-01-26', 0, 0, FALSE)"
    )
