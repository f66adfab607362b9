"""The sweep's SQL decides what the rules decide for one task at a time, on both databases.

Seen to fail when a condition, an edge of a window or a word of a text differs from the rules.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from flows.actions.follow_up.climbing import time_steps
from models.follow_up.sweep.crossings import cross_late
from models.follow_up.sweep.reminders import remind
from models.follow_up.sweep.reviews import review
from models.follow_up.sweep.sql.statements import Pass
from models.follow_up.sweep.urgings import urge
from models.people.register import the_committee
from models.tables.agencies import Agency
from models.tables.crossings import TaskCrossing
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent, ToldDeadline, Urging
from rules.deadlines.wording import crossing_text, urging_text
from rules.facts import TaskFacts
from rules.follow_up.reminders import due_notice, late_step, windows
from rules.letter_words import LetterState
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import AWAITED, CrossingTrigger, EventKind, TaskStatus
from tests.cast import at, directive, issue, move_in, office

CALENDAR, RHYTHM = office().calendar, office().policy.rhythm
LONG_AGO = date(2022, 3, 1)
ENDING = "sct"  # a body whose last day lies near the day that is looked at
DAYS = st.dates(date(2022, 7, 1), date(2022, 11, 30))
TASK = TaskFacts(
    1, "", "Việc", "stc", "", TaskStatus.ACCEPTED, LONG_AGO, date(2022, 8, 31), due_set_on=LONG_AGO
)


@dataclass(frozen=True)
class Stored:
    """A task as it lies in the database: its facts, the last reminder's step, the last step crossed.

    ``told`` is when its lead was told of ``told_of``, a deadline that may not be in force any more, or when
    another body was that was the lead before. Of an old task nothing is known, unless a letter ``waits``.
    """

    task: TaskFacts
    sent: int | None = None
    crossed: int = 0
    told: date | None = LONG_AGO
    told_of: date | None = None  # None: the one in force
    told_to: str = "stc"
    waits: bool = False

    @property
    def told_on(self) -> date | None:
        """Since when the lead knows the deadline in force."""
        if self.told is None:
            return None if self.waits else self.task.due_on
        known = self.told_of in (None, self.task.due_on) and self.told_to == self.task.agency_id
        return self.told if known else None


@st.composite
def stored(draw: st.DrawFn, key: int, days: st.SearchStrategy[date]) -> Stored:
    """Any task that the sweep may meet."""
    due = draw(st.none() | days)
    urged = draw(st.integers(0, 4)) if due else 0
    task = replace(
        TASK,
        id=key,
        status=draw(st.sampled_from([*TaskStatus, *AWAITED])),
        due_on=due,
        due_set_on=draw(st.just(LONG_AGO) | days),
        review_on=None if due else draw(st.none() | days),
        urged=urged,
        last_urged_on=draw(days) if urged else None,
    )
    if draw(st.integers(0, 3)) == 0:
        task = replace(task, agency_id=ENDING)
    sent = draw(st.sampled_from([None, None, 5, 3, 1, 0])) if due else None
    told, told_of = draw(st.none() | days), draw(st.none() | days)
    told_to = draw(st.sampled_from(["stc", "stc", "stc", "sct"]))
    crossed, waits = draw(st.integers(0, 3)) if due else 0, draw(st.booleans())
    return Stored(task, sent, crossed, told, told_of, told_to, waits)


@st.composite
def mornings(draw: st.DrawFn) -> tuple[date, list[Stored]]:
    """A day, and tasks whose own days lie close enough to it to stand on every edge of a window."""
    today = draw(DAYS)
    ends_on = today + timedelta(days=draw(st.integers(-2, 2)))
    near = st.integers(-12, 12).map(lambda n: today + timedelta(days=n))
    far = st.integers(-70, 12).map(lambda n: today + timedelta(days=n))
    found = [draw(stored(key, near | far)) for key in range(10, 10 + draw(st.integers(5, 25)))]
    return today, [_ending(one, ends_on) for one in found]


def _ending(one: Stored, ends_on: date) -> Stored:
    """The facts of a task at the body that ends."""
    ending = one.task.agency_id == ENDING
    return replace(one, task=replace(one.task, agency_ends_on=ends_on)) if ending else one


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    """A database with one directive for tasks to belong to."""
    move_in(engine)
    issue(engine, directive("Việc.", "stc"))
    return engine


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mornings())
def test_sets_and_rules_agree(peopled: Engine, morning: tuple[date, list[Stored]]) -> None:
    check_agreement(peopled, *morning)


@pytest.mark.parametrize("day", ["2022-08-24", "2022-08-26", "2022-08-31", "2022-09-01", "2022-09-05"])
def test_they_agree_on_every_edge(peopled: Engine, day: str) -> None:
    today = date.fromisoformat(day)
    near = [today + timedelta(days=n) for n in range(-10, 11)]
    grid = [replace(TASK, due_on=due, last_urged_on=last) for due in near for last in (None, *near[:11])]
    grid += [replace(TASK, due_on=None, review_on=review) for review in (None, *near)]
    grid += [replace(TASK, due_on=due, status=status) for due in near for status in TaskStatus]
    grid += [replace(TASK, due_on=due, due_set_on=fresh) for due in near for fresh in near[:11]]
    tasks = [Stored(task) for task in grid]
    tasks += [
        Stored(replace(TASK, due_on=due, last_urged_on=last), told=told, waits=waits)
        for due in near[:11]
        for told in (None, *near)
        for last in (None, LONG_AGO)
        for waits in (False, True)
    ]
    tasks += [Stored(replace(TASK, due_on=near[0]), told_of=near[1]), Stored(TASK, told_to="sct")]
    ending = {"agency_id": ENDING, "agency_ends_on": today}
    tasks += [Stored(replace(TASK, due_on=due, review_on=near[0], **ending)) for due in (None, *near)]
    numbered = [replace(item, task=replace(item.task, id=key)) for key, item in enumerate(tasks, start=10)]
    check_agreement(peopled, today, numbered)


def check_agreement(engine: Engine, today: date, wanted: list[Stored]) -> None:
    """All that the sweep writes is all that the rules say of each task, in the rules' words."""
    when = windows(today, RHYTHM, CALENDAR)
    now = at(today, "06:45")
    with Session(engine) as session:  # never committed
        _insert(session, wanted)
        before = session.scalar(sa.select(sa.func.max(OutboxLetter.id)))
        here = Pass(by_clock(now, office()), office().policy.morning_of(today))
        counts = (
            remind(session, when, here),
            urge(session, when, here, "Văn phòng", 2),
            review(session, when, here, today + timedelta(days=30)),
        )
        crossed = cross_late(session, when.late, time_steps(when.late, the_committee(session)), here)
        found = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.id > before)).all()
        due = {item.task.id: due_notice(item.task, when, item.sent, item.told_on) for item in wanted}
        check_letters(found, wanted, due)
        assert counts == tuple(
            sum(notice is not None and notice[0] is kind for notice in due.values())
            for kind in (LetterKind.REMINDER, LetterKind.URGING, LetterKind.REVIEW)
        )
        check_urgings(session, wanted, due, today)
        assert crossed == check_crossings(session, wanted, due, today)
        check_versions(session)
        session.rollback()


def check_letters(found: Any, wanted: list[Stored], due: dict[int, Any]) -> None:
    expected = {}
    for task in (item.task for item in wanted):
        kind, number = due[task.id] or (None, 0)
        if kind is LetterKind.REMINDER:
            expected[keys.reminder(task.id, task.due_on, number)] = (kind, number, task.due_on)  # type: ignore[arg-type]
        elif kind is LetterKind.URGING:
            expected[keys.urging(task.id, number)] = (kind, number, task.due_on)
        elif kind is LetterKind.REVIEW:
            expected[keys.review(task.id, task.review_on)] = (kind, None, None)  # type: ignore[arg-type]
    written = {x.key: (x.kind, x.number, x.due_on) for x in found if x.kind is not LetterKind.CROSSING}
    assert written == expected


def check_urgings(session: Session, wanted: list[Stored], due: dict[int, Any], today: date) -> None:
    urged = {
        task.id: (
            task.urged + 1,
            urging_text(task.urged + 1, task.due_on, today),
            task.agency_id,
            "Văn phòng",
            keys.urging(task.id, task.urged + 1),
        )
        for task in (item.task for item in wanted)
        if task.due_on and due[task.id] and due[task.id][0] is LetterKind.URGING
    }
    series = session.scalars(sa.select(Urging)).all()
    found = {x.task_id: (x.number, x.text, x.recipient_id, x.sender, x.letter_key) for x in series}
    assert found == urged
    told = session.scalars(sa.select(TaskEvent).where(TaskEvent.kind == EventKind.URGED)).all()
    assert {x.task_id: (x.data["number"], x.note) for x in told} == {key: v[:2] for key, v in urged.items()}
    changes = {"last_urged_on": today.isoformat()}
    assert all(x.data["changes"] == {**changes, "urged": x.data["number"]} for x in told)


def check_crossings(session: Session, wanted: list[Stored], due: dict[int, Any], today: date) -> int:
    """Steps above the one crossed last, the highest only; returns how many."""
    when = windows(today, RHYTHM, CALENDAR)
    expected = {}
    for item in wanted:
        step = late_step(item.task, when)
        if step > item.crossed and item.task.due_on:
            line = next(line for line in when.late if line.step == step)
            notice = due[item.task.id]
            urged = notice[1] if notice and notice[0] is LetterKind.URGING else item.task.urged
            words = crossing_text(line.rung, item.task.due_on, urged, today)
            expected[item.task.id] = (step, line.rung, item.task.due_on, words)
    notes = dict(
        session.execute(
            sa.select(TaskEvent.task_id, TaskEvent.note).where(TaskEvent.kind == EventKind.CROSSED)
        )
        .tuples()
        .all()
    )
    rows = session.scalars(sa.select(TaskCrossing)).all()
    assert {x.task_id: (x.step, x.rung, x.due_on, notes[x.task_id]) for x in rows} == expected
    written = session.scalars(sa.select(OutboxLetter.key).where(OutboxLetter.kind == LetterKind.CROSSING))
    assert set(written) == {
        keys.crossing(key, CrossingTrigger.TIME, step, day) for key, (step, _, day, _) in expected.items()
    }
    return len(expected)


def check_versions(session: Session) -> None:
    """Each event raised its task's version by one, and left its status alone."""
    events = session.scalars(sa.select(TaskEvent).where(TaskEvent.task_id > 1).order_by(TaskEvent.id)).all()
    for key in {event.task_id for event in events}:
        seqs = [event.seq for event in events if event.task_id == key]
        task = session.get_one(Task, key)
        assert (seqs, task.version) == (list(range(1, len(seqs) + 1)), len(seqs))
    assert all(event.from_status is event.to_status in AWAITED for event in events)


def _insert(session: Session, wanted: list[Stored]) -> None:
    columns = (
        "id", "status", "due_on", "review_on", "urged", "last_urged_on", "assigned_on", "due_set_on",
        "agency_id",
    )  # fmt: skip
    session.execute(sa.update(Task).values(review_on=None))  # the one that came with the directive
    ends_on = next((item.task.agency_ends_on for item in wanted if item.task.agency_ends_on), None)
    session.execute(sa.update(Agency).where(Agency.id == ENDING).values(valid_to=ends_on))
    fixed = {"directive_id": 1, "title": "Việc", "version": 0, "count_step": 0, "urgent": False}
    session.execute(
        sa.insert(Task),
        [
            {name: getattr(item.task, name) for name in columns}
            | fixed
            | {"occurrence": item.task.id, "late_step": item.crossed}
            for item in wanted
        ],
    )
    for item in wanted:
        if item.sent is not None and item.task.due_on is not None:
            session.add(_letter(item.task, LetterKind.REMINDER, item.sent))
        if item.waits:
            session.add(_letter(item.task, LetterKind.ASSIGNMENT))
        if item.told is not None and item.task.due_on is not None:
            of = item.told_of or item.task.due_on
            known = {"agency_id": item.told_to, "due_on": of, "told_on": item.told}
            session.add(ToldDeadline(task_id=item.task.id, **known))
    session.flush()


def _letter(task: TaskFacts, kind: LetterKind, step: int | None = None) -> OutboxLetter:
    """A reminder of a step that was sent, or the assignment that still waits."""
    reminds = step is not None and task.due_on is not None
    return OutboxLetter(
        key=keys.reminder(task.id, task.due_on, step) if reminds else keys.assignment(task.id),  # type: ignore[arg-type]
        kind=kind,
        agency_id=task.agency_id,
        task_id=task.id,
        scheduled_on=LONG_AGO,
        not_before=at(LONG_AGO),
        number=step,
        due_on=task.due_on if reminds else None,
        state=LetterState.DISPATCHED if reminds else LetterState.PENDING,
        written_at=at(LONG_AGO),
    )
