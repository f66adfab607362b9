"""The list behind each heading of the digest has the tasks that the heading counts, on both databases.

Seen to fail when a part forgets the day of assignment, when a heading over two sections shows one of them,
and when a count stops at a thousand.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.follow_up.digest_matter import digest_on
from models.tables.outbox import DigestIssue
from models.tasks import listing
from models.tasks.list_conditions import TaskFilter
from models.tasks.listing import task_page
from rules.facts import Digest
from rules.follow_up.digest import SECTIONS
from rules.follow_up.digest_parts import MADE_OF, DigestPart, sections_of
from tests.models.follow_up.test_digest_matter import PAST, TODAY, WINDOWS, add, office_at_work, task_rows


def ids(digest: Digest, part: DigestPart) -> set[int]:
    rows = [row for name in sections_of(part) for row in getattr(digest, name)]
    return {row.line.task.id if hasattr(row, "line") else row.task.id for row in rows}


def counted(digest: Digest, part: DigestPart) -> int:
    if part in (DigestPart.OVERDUE, DigestPart.DUE):
        return sum(map(digest.count, sections_of(part)))
    return digest.count(part.section)


@given(found=st.lists(task_rows(), max_size=12), before=st.none() | PAST)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_the_list_is_what_the_heading_counts(
    engine: Engine, found: list[dict[str, Any]], before: date | None
) -> None:
    office_at_work(engine)
    with Session(engine) as session:
        for number, row in enumerate(found):
            add(session, number, row)
        if before:
            session.add(DigestIssue(issued_on=before))
        session.flush()
        digest = digest_on(session, TODAY, WINDOWS)
        for part in DigestPart:
            page = task_page(session, TaskFilter(part=part, windows=WINDOWS), TODAY, 99)
            assert {task.id for task in page.rows} == ids(digest, part), part
            assert page.total == len(page.rows) == counted(digest, part), part
        session.rollback()


def test_what_is_assigned_later_stands_under_no_heading(sqlite_engine: Engine) -> None:
    office_at_work(sqlite_engine)
    late = {"agency_id": "stc", "status": "assigned", "due_on": date(2022, 12, 1), "urged": 5}
    apart = {"asked": None, "asked_on": TODAY, "granted": 0, "waits_at": None}
    with Session(sqlite_engine) as session:
        add(session, 1, late | apart | {"assigned_on": TODAY + timedelta(1)})
        session.flush()
        for part in (DigestPart.OVERDUE, DigestPart.URGED_OFTEN):
            assert task_page(session, TaskFilter(part=part, windows=WINDOWS), TODAY, 9).total == 0


def test_a_heading_is_counted_to_the_last(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 2)
    office_at_work(sqlite_engine)
    row = {
        "agency_id": "stc",
        "status": "assigned",
        "assigned_on": date(2022, 9, 1),
        "due_on": date(2022, 12, 1),
    }
    apart = {"asked": None, "asked_on": TODAY, "granted": 0, "waits_at": None}
    with Session(sqlite_engine) as session:
        for number in range(5):
            add(session, number, row | apart)
        session.flush()
        page = task_page(session, TaskFilter(part=DigestPart.OVERDUE_1_30, windows=WINDOWS), TODAY, 3)
        assert (page.total, len(page.rows), page.more) == (5, 3, True)


def test_every_section_of_tasks_is_a_part() -> None:
    without_tasks = {"decisions", "decisions_elsewhere", "league", "standing_rules"}
    assert {part.section for part in DigestPart} - {part.section for part in MADE_OF} == set(
        SECTIONS
    ) - without_tasks
