"""what each deadline was counted from and over which years; the days of years; deadlines counted anew"""

import re
from datetime import date

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

#: The first year whose notice had not come when this was written: what was counted over earlier ones stands.
PROVISIONAL_FROM = 2027
MARK = re.compile(r"(?:^|; )lịch nghỉ năm ([\d, ]+) tạm tính$")
HOP = re.compile(r"^hai cấp: sớm hơn (\d+) ngày làm việc")
RECEIVED = re.compile(r"^tính từ ngày nhận (\d\d)/(\d\d)/(\d{4}), tạm tính")
WORKING = "due_phrase LIKE '%ngày làm việc%'"
BARE_RULES = "'daily', 'weekly', 'monthly', 'quarterly', 'semiannual', 'yearly'"
OUTCOMES = "'moved', 'asked', 'left', 'set', 'kept', 'lapsed'"


def upgrade() -> None:
    text, instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for column in (
        sa.Column("due_counted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("due_counted_from", sa.Date(), nullable=True),
        sa.Column("due_given_days", sa.Integer(), nullable=True),
        sa.Column("due_years", text(), nullable=False, server_default=""),
    ):
        op.add_column("directive", column)
    marked = {"sqlite_where": sa.text("due_years <> ''"), "postgresql_where": sa.text("due_years <> ''")}
    op.create_index("ix_directive_due_years", "directive", ["due_years"], **marked)
    op.create_table(
        "calendar_year",
        sa.Column("id", key, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days", text(), nullable=False),
        sa.Column("notice", text(), nullable=False),
        sa.Column("noted_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "recounted_deadline",
        sa.Column("id", key, nullable=False),
        sa.Column("task_id", key, nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("years", text(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("reason", text(), nullable=False),
        sa.Column("answered_at", instant(), nullable=True),
        sa.Column("note", text(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_recounted_deadline_outcome")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_recounted_deadline_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recounted_deadline")),
    )
    asked = {"sqlite_where": sa.text("outcome = 'asked'"), "postgresql_where": sa.text("outcome = 'asked'")}
    op.create_index("ix_recounted_deadline_counted_on", "recounted_deadline", ["counted_on"])
    op.create_index("uq_recounted_deadline_asked", "recounted_deadline", ["task_id"], unique=True, **asked)
    _say_what_was_counted()
    _read_the_marks()


def _say_what_was_counted() -> None:
    of_task = "SELECT min(assigned_on) FROM task WHERE task.directive_id = directive.id"
    of_document = "SELECT dated_on FROM document WHERE document.id = directive.document_id"
    for sets, which in (
        (
            f"due_counted_from = ({of_document})",
            f"due_anchor = 'document' AND due_on IS NOT NULL AND due_read_by IS NOT NULL AND {WORKING}",
        ),
        (f"due_counted_from = ({of_task})", "due_anchor = 'receipt' AND due_on IS NULL"),
        ("due_counted_from = NULL", f"event_id IS NOT NULL AND {WORKING}"),
        ("due_counted_from = NULL", f"due_kind = 'recurring' AND due_rule IN ({BARE_RULES})"),
    ):
        op.execute(f"UPDATE directive SET due_counted = TRUE, {sets} WHERE {which}")


def _read_the_marks() -> None:
    """The years out of the words, and where nothing was said, those of open deadlines that may move."""
    connection, years = op.get_bind(), {}
    for key, basis in connection.execute(sa.text("SELECT id, due_basis FROM directive WHERE due_basis <> ''")):
        if found := MARK.search(basis):
            years[key] = found[1]
        if hop := HOP.search(basis):
            sets = "due_counted = TRUE, due_given_days = :days"
            connection.execute(sa.text(f"UPDATE directive SET {sets} WHERE id = :id"), {"days": int(hop[1]), "id": key})
        if received := RECEIVED.search(basis):  # the presumed day stands in the words: nothing is added to it
            _counted_from(connection, key, date(*(int(part) for part in reversed(received.groups()))))
    open_tasks = sa.text(
        "SELECT DISTINCT t.directive_id, t.due_on FROM task t JOIN directive d ON d.id = t.directive_id"
        " WHERE d.due_counted AND t.due_on >= :first AND t.status NOT IN ('confirmed', 'withdrawn', 'handed_over')"
    ).columns(due_on=sa.Date()).bindparams(sa.bindparam("first", type_=sa.Date()))
    unsaid: dict[int, set[str]] = {}
    for key, due_on in connection.execute(open_tasks, {"first": date(PROVISIONAL_FROM, 1, 1)}):
        unsaid.setdefault(key, set()).add(str(due_on.year))
    years = {**{key: ", ".join(sorted(found)) for key, found in unsaid.items()}, **years}
    for key, shown in years.items():
        connection.execute(
            sa.text("UPDATE directive SET due_years = :years WHERE id = :id"), {"years": shown, "id": key}
        )


def _counted_from(connection: sa.Connection, directive_id: int, day: date) -> None:
    only = "id = :id AND due_anchor = 'receipt' AND due_on IS NULL"
    update = sa.text(f"UPDATE directive SET due_counted_from = :day WHERE {only}")
    connection.execute(update.bindparams(sa.bindparam("day", type_=sa.Date())), {"day": day, "id": directive_id})


def downgrade() -> None:
    raise NotImplementedError("Which deadlines were counted anew would be forgotten: restore the backup instead.")
