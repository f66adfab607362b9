"""The digest that the database counts is the one of the rules, section by section, on both databases."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.committee import Policy
from models.follow_up.digest_matter import digest_matter, digest_on, previous_issue
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.extensions import ExtensionRequest
from models.tables.outbox import DigestIssue
from models.tables.tasks import Task
from rules.follow_up.digest import SECTIONS, build_digest, capped
from rules.vocabulary import CLOSED, CaseState, ExtensionState, Rung, TaskStatus
from tests.cast import CHAIR, FINANCE, PLANNING, PROVINCE, RULE, TRADE, directive, issue, move_in

TODAY = date(2022, 12, 19)
S = TaskStatus
WINDOWS = Policy().digest_windows
#: The days on which a section begins or ends, more often than chance would have them.
EDGES = st.sampled_from([-92, -91, -90, -32, -31, -30, -2, -1, 0])
PAST = (EDGES | st.integers(-200, 1)).map(lambda n: TODAY + timedelta(days=n))
DAYS = (EDGES | st.sampled_from([7, 8, 14, 15]) | st.integers(-200, 40)).map(
    lambda n: TODAY + timedelta(days=n)
)


#: Due before the digest, and assigned only after it.
GIVEN_LATER = {
    "agency_id": FINANCE,
    "status": S.ASSIGNED,
    "assigned_on": TODAY + timedelta(days=1),
    "due_on": TODAY - timedelta(days=2),
    "submitted_on": None,
    "confirmed_on": None,
    "last_report_on": None,
    "urged": 0,
    "asked": None,
    "asked_on": TODAY,
    "granted": 0,
    "waits_at": None,
}


@st.composite
def task_rows(draw: st.DrawFn) -> dict[str, Any]:
    """A task in any state that the engine can produce; some were assigned after the digest's day."""
    status = draw(st.sampled_from(TaskStatus))
    return {
        "agency_id": draw(st.sampled_from([FINANCE, TRADE, PLANNING])),
        "status": status,
        "assigned_on": draw(PAST),
        "due_on": draw(st.none() | DAYS),
        "submitted_on": draw(PAST) if status in (S.SUBMITTED, S.CONFIRMED) else None,
        "confirmed_on": draw(PAST) if status is S.CONFIRMED else None,
        "last_report_on": draw(st.none() | PAST),
        "urged": draw(st.integers(0, 5)),
        "asked": draw(st.sampled_from([None, *ExtensionState])),
        "asked_on": draw(PAST),
        "granted": draw(st.integers(0, 4)),
        "waits_at": draw(st.sampled_from([None, Rung.STANDING, Rung.CHAIR, Rung.PROVINCE])),
    }


def add(session: Session, number: int, row: dict[str, Any]) -> None:
    """One task, and its case if it waits at a rung."""
    apart = ("waits_at", "asked", "asked_on", "granted")
    values = {name: value for name, value in row.items() if name not in apart}
    task = Task(directive_id=1, title=f"Việc {number}", occurrence=number + 1, due_set_on=TODAY, **values)
    session.add(task)
    session.flush()
    for state in [row["asked"]] * bool(row["asked"]) + [ExtensionState.AGREED] * row["granted"]:
        session.add(
            ExtensionRequest(
                task_id=task.id,
                state=state,
                asked_on=row["asked_on"],
                agency_id=task.agency_id,
                reason="x",
                wanted_on=TODAY,
            )
        )
    if row["waits_at"] and row["status"] not in CLOSED:
        texts = dict.fromkeys(("missing_authority", "basis", "tried", "options", "recommendation"), "x")
        session.add(
            EscalationCase(
                task_id=task.id,
                raised_on=task.assigned_on,
                rung=row["waits_at"],
                rung_since=task.assigned_on,
                answer_by=TODAY + timedelta(days=number % 3),
                state=CaseState.WAITING,
                **texts,
            )
        )


def office_at_work(engine: Engine) -> None:
    if not getattr(engine, "moved_in", False):
        issue(move_in(engine), directive("Việc gốc.", FINANCE), RULE)
        engine.moved_in = True  # type: ignore[attr-defined]


@given(
    found=st.lists(task_rows(), max_size=12),
    before=st.none() | PAST,
    reader=st.sampled_from([None, CHAIR, PROVINCE]),
    most=st.none() | st.integers(0, 3),
    ends=st.sampled_from([None, -1, 0, 1]),
)
@example(found=[GIVEN_LATER], before=None, reader=None, most=None, ends=None)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_the_database_counts_what_the_rules_count(
    engine: Engine,
    found: list[dict[str, Any]],
    before: date | None,
    reader: str | None,
    most: int | None,
    ends: int | None,
) -> None:
    office_at_work(engine)
    rungs = {CHAIR: Rung.CHAIR, PROVINCE: Rung.PROVINCE}
    with Session(engine) as session:
        last = None if ends is None else TODAY + timedelta(days=ends)
        session.get_one(Agency, TRADE).valid_to = last
        for number, row in enumerate(found):
            add(session, number, row)
        if before:
            session.add(DigestIssue(issued_on=before))
        session.flush()
        previous = previous_issue(session, TODAY)
        matter = digest_matter(session, TODAY)
        whole = build_digest(matter, TODAY, previous, WINDOWS, rungs.get(reader or ""))
        counted = digest_on(session, TODAY, WINDOWS, reader, most)
        session.rollback()
    assert counted == capped(whole, len(found) + 9 if most is None else most)


def test_every_section_of_the_digest_is_named() -> None:
    whole = build_digest(digest_nothing(), TODAY, None, WINDOWS)
    tuples = {name for name in whole.__slots__ if isinstance(getattr(whole, name), tuple)}
    assert set(SECTIONS) == tuples


def digest_nothing() -> Any:
    from rules.follow_up.digest import DigestMatter

    return DigestMatter("BCĐ", (), ())
