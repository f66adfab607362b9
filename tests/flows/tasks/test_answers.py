"""The buttons: each moves its task, says so in the history, and refuses what the table forbids."""

from collections.abc import Iterable
from datetime import UTC, date

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.tasks.answer import ACTIONS, NEEDS_NOTE, Said, answer
from models.db import unit_of_work
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, Overtaken
from rules.tasks.status import move
from rules.vocabulary import Actor, EventKind, Fault, TaskStatus
from tests.cast import DATED, FINANCE, SECRETARIAT, act, act_on, at, dump, issue, move_in, rows, task

E, S, A = EventKind, TaskStatus, Actor
LEAD_WORK = ((E.RECEIVED, A.LEAD), (E.PROGRESS, A.LEAD), (E.SUBMITTED, A.LEAD))
DAY = date(2022, 8, 16)


@pytest.fixture
def office_at_work(engine: Engine) -> Engine:
    """One task, GN-0001, for the department of finance."""
    issue(move_in(engine), DATED)
    return engine


def press(engine: Engine, *buttons: tuple[EventKind, Actor], day: str = "2022-08-16", note: str = "Ghi chú"):
    """Press buttons one after another; returns the last status."""
    for event, actor in buttons:
        said = Said(note, faults=(Fault.THIN,) if event is E.RETURNED else ())
        answer(engine, 1, event, act_on(engine, 1, actor, at(day)), said)
    return task(engine).status


@pytest.mark.parametrize(
    ("buttons", "status"),
    [
        ([(E.RECEIVED, A.LEAD)], S.ACCEPTED),
        ([(E.PROGRESS, A.LEAD)], S.IN_PROGRESS),
        ([(E.SUBMITTED, A.LEAD)], S.SUBMITTED),
        ([(E.SUBMITTED, A.LEAD), (E.CONFIRMED, A.SECRETARIAT)], S.CONFIRMED),
        ([(E.SUBMITTED, A.LEAD), (E.RETURNED, A.LEADER)], S.RETURNED),
        ([(E.REFUSED, A.LEAD)], S.REFUSED),
        ([(E.RECEIVED, A.LEAD), (E.REFUSED, A.LEAD)], S.REFUSED),
        ([(E.REFUSED, A.LEAD), (E.REASSIGNED, A.SECRETARIAT)], S.ASSIGNED),
        ([(E.WITHDRAWN, A.LEADER)], S.WITHDRAWN),
    ],
)
def test_each_button_moves_its_task(
    sqlite_engine: Engine, buttons: list[tuple[EventKind, Actor]], status: TaskStatus
) -> None:
    issue(move_in(sqlite_engine), DATED)
    assert press(sqlite_engine, *buttons) is status
    assert task(sqlite_engine).status is status
    assert {event for event, _ in buttons} <= set(ACTIONS)


def test_the_dates_that_count(office_at_work: Engine) -> None:
    press(office_at_work, (E.RECEIVED, A.LEAD), day="2022-08-16")
    assert task(office_at_work).last_report_on is None  # taking note of a task reports nothing
    press(office_at_work, (E.SUBMITTED, A.LEAD), day="2022-08-31")
    press(office_at_work, (E.RETURNED, A.SECRETARIAT), day="2022-09-05")
    returned = task(office_at_work)
    assert (returned.submitted_on, returned.last_report_on) == (None, date(2022, 8, 31))
    press(office_at_work, (E.SUBMITTED, A.LEAD), day="2022-09-06")
    press(office_at_work, (E.CONFIRMED, A.SECRETARIAT), day="2022-09-15")
    done = task(office_at_work)
    assert (done.submitted_on, done.confirmed_on) == (date(2022, 9, 6), date(2022, 9, 15))


def test_the_day_is_the_offices_day(office_at_work: Engine) -> None:
    half_past_midnight = at("2022-08-17", "00:30").astimezone(UTC)  # 17:30 the day before
    answer(
        office_at_work, 1, E.PROGRESS, act_on(office_at_work, 1, A.LEAD, half_past_midnight), Said("Đang làm")
    )
    assert task(office_at_work).last_report_on == date(2022, 8, 17)
    assert rows(office_at_work, TaskEvent)[-1].happened_on == date(2022, 8, 17)


def test_each_submission_asks_the_secretariat_to_confirm(office_at_work: Engine) -> None:
    press(office_at_work, (E.SUBMITTED, A.LEAD), (E.RETURNED, A.SECRETARIAT), (E.SUBMITTED, A.LEAD))
    asked = rows(office_at_work, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert [(letter.key, letter.agency_id) for letter in asked] == [
        ("confirmation:1:1", SECRETARIAT),
        ("confirmation:1:3", SECRETARIAT),
    ]


@pytest.mark.parametrize(
    ("before", "event", "actor"),
    [
        ([], E.CONFIRMED, A.SECRETARIAT),
        ([], E.RECEIVED, A.LEADER),
        ([(E.SUBMITTED, A.LEAD)], E.CONFIRMED, A.LEAD),
        ([(E.SUBMITTED, A.LEAD), (E.CONFIRMED, A.LEADER)], E.PROGRESS, A.LEAD),
        ([(E.PROGRESS, A.LEAD)], E.REFUSED, A.LEAD),
        ([], E.ESCALATED, A.LEAD),  # has a form of its own
        ([], E.DECIDED, A.LEADER),
        ([], E.URGED, A.CLOCK),
    ],
)
def test_what_is_not_allowed_changes_nothing(
    sqlite_engine: Engine, before: Iterable[tuple[EventKind, Actor]], event: EventKind, actor: Actor
) -> None:
    issue(move_in(sqlite_engine), DATED)
    press(sqlite_engine, *before)
    as_it_was = dump(sqlite_engine)
    with pytest.raises(NotAllowed):
        answer(sqlite_engine, 1, event, act_on(sqlite_engine, 1, actor, at(DAY)), Said("Ghi chú"))
    assert dump(sqlite_engine) == as_it_was


@pytest.mark.parametrize("event", sorted(NEEDS_NOTE))
def test_some_answers_need_words(sqlite_engine: Engine, event: EventKind) -> None:
    issue(move_in(sqlite_engine), DATED)
    before, said = dump(sqlite_engine), Said("   ", faults=(Fault.THIN,))
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        answer(sqlite_engine, 1, event, act_on(sqlite_engine, 1, A.LEAD, at(DAY)), said)
    assert dump(sqlite_engine) == before


def test_an_unknown_task_is_named(sqlite_engine: Engine) -> None:
    with pytest.raises(LookupError, match="GN-0099"):
        answer(move_in(sqlite_engine), 99, E.RECEIVED, act(A.LEAD, at(DAY), FINANCE))


def _receive(session: Session, seen: Task) -> None:
    perform(session, seen, act(A.LEAD, at(DAY), FINANCE), Happening(E.RECEIVED))


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_of_two_who_look_at_once_one_wins(office_at_work: Engine) -> None:
    # SQLite lets only one transaction write at all; PostgreSQL lets both look.
    with Session(office_at_work) as slow, slow.begin():
        seen = find_task(slow, 1)
        press(office_at_work, (E.REFUSED, A.LEAD))
        with pytest.raises(Overtaken, match="vừa được người khác cập nhật"):
            _receive(slow, seen)
        slow.rollback()
    assert task(office_at_work).status is S.REFUSED
    assert [event.kind for event in rows(office_at_work, TaskEvent)] == [E.ASSIGNED, E.REFUSED]


def test_a_stale_look_loses(office_at_work: Engine) -> None:
    with unit_of_work(office_at_work) as session:
        stale = find_task(session, 1)
    press(office_at_work, (E.REFUSED, A.LEAD))
    before = dump(office_at_work)
    with pytest.raises(Overtaken), unit_of_work(office_at_work) as session:
        _receive(session, stale)
    assert dump(office_at_work) == before


def test_the_history_replays_to_the_present_status(office_at_work: Engine) -> None:
    press(office_at_work, (E.REFUSED, A.LEAD), (E.REASSIGNED, A.SECRETARIAT), *LEAD_WORK)
    press(office_at_work, (E.RETURNED, A.LEADER), (E.SUBMITTED, A.LEAD), (E.CONFIRMED, A.SECRETARIAT))
    first, *events = rows(office_at_work, TaskEvent)
    status = first.to_status
    for number, event in enumerate(events, start=1):
        assert event.seq == number
        assert event.from_status is status
        status = move(event.kind, status, event.actor, None)
        assert event.to_status is status
        assert event.actor_agency_id == (FINANCE if event.actor is A.LEAD else None)
    assert task(office_at_work).status is status
    assert task(office_at_work).version == len(events)
