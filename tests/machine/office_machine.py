"""An office in which anything happens in any order, and the laws that hold through all of it.

Days pass, documents are issued, people press every button, notices and holidays come into the calendar,
bodies are merged, the mail server goes away, sweeps run twice, late, or die by an exception at the points at
which ``tests/crash`` kills whole processes. After each step the laws are looked at. Each law's
docstring names the one line whose break turns it red, in ``test_histories.py`` at the latest.
"""

from abc import abstractmethod
from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from config.act import Act
from config.clock import office_day
from config.settings import Settings
from flows.actions.documents.issue import publish
from flows.actions.follow_up import follow_up, issue_due, tick
from flows.actions.tasks.replay import present, put_right, replay
from models.tables.follow_up_days import FollowUpDay
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from notifications.delivery import deliver
from notifications.outbox.parcel import Outcome
from rules.refusal import Refusal
from rules.tasks.status import MOVES, RECORDS
from rules.vocabulary import Actor, DeadlineCause, Way
from tests import cast
from tests.cast import DISTRICTS, FINANCE, PLANNING, TRADE, UNREACHABLE, at, directive, rows
from tests.machine.acts import ACTS, Try, open_ids
from tests.machine.clock_rules import ClockRules
from tests.machine.ending_bodies import EndingBodiesRules
from tests.machine.knowing import KnowingRules, Seen
from tests.machine.notices import NoticeRules, before_its_notice
from tests.machine.pages import broken_pages
from tests.machine.post_office import PostOfficeRules
from tests.machine.reminded import unexplained
from tests.machine.watch import AWAY, GONE, LOST, NEVER, Died, Watch

SETTINGS = cast.settings()
FIRST_DAY = at("2022-08-15", "08:00")
CLOCKS = ("06:45", "07:30", "09:10", "17:29", "18:00", "23:30")
ENDS = ("withdraw", "hand over", "submit", "recall", "correct")
#: As ``tests/crash/dying_tick.py``: the function, and whether it dies before or after the call.
POINTS: dict[str, tuple[Any, str, bool]] = {
    "issuing, before its commit": (issue_due, "open_next_occurrences", True),
    "follow-up, before its commit": (follow_up, "note_day", False),
    "follow-up, after its commit": (tick, "daily_follow_up", False),
    "digest, after its commit": (tick, "send_digest", False),
    "dispatch, before its commit": (deliver, "dispatch", False),
    "settling, before its commit": (deliver, "settle", False),
}


class OfficeMachine(PostOfficeRules, KnowingRules, EndingBodiesRules, NoticeRules, ClockRules):
    """One office from 15/8/2022 on. ``open_office`` is given by the test: a fresh engine."""

    engine: Engine

    @abstractmethod
    def open_office(self) -> Engine:
        """A migrated, empty database."""

    @initialize()
    def first_morning(self) -> None:
        self.engine = cast.move_in(self.open_office())
        self.now, self.office = FIRST_DAY, before_its_notice(cast.office())
        self.post, self.seen = Watch(self.engine), Seen(self.engine)
        self.issued = 0
        self.calendar_changed = False
        self.ticked_on: date | None = None
        self.due: dict[int, date | None] = {}
        self.clock_only = True
        self.a_document_is_issued(5, FINANCE)  # an office without a task proves nothing

    def teardown(self) -> None:
        """The pages are asked a last time; then nothing of this example stays."""
        if hasattr(self, "engine"):
            try:
                self.no_page_breaks()
            finally:
                self.engine.dispose()

    def no_page_breaks(self) -> None:
        """Break: forget a state of ``CaseState`` in ``web/templates/cases/list.html.j2``."""
        assert list(broken_pages(self.engine, self.office)) == []

    # What happens.

    @rule(days=st.sampled_from((0, 1, 2, 4, 7, 30)), clock=st.sampled_from(CLOCKS))
    def time_passes(self, days: int, clock: str) -> None:
        self.now = max(self.now, at(office_day(self.now) + timedelta(days=days), clock))

    @rule()
    def tick(self) -> None:
        self._tick()

    @rule(days=st.integers(2, 5))
    def an_ordinary_week(self, days: int) -> None:
        for _ in range(days):
            self.now = max(self.now, at(office_day(self.now) + timedelta(days=1), "07:30"))
            self._tick()

    @rule()
    def tick_twice(self) -> None:
        self._tick()
        before = cast.dump(self.engine)
        self._tick()
        assert cast.dump(self.engine) == before, "a second tick changed something"

    @rule(end=st.sampled_from(ENDS), which=st.integers(0, 30))
    @precondition(lambda self: self.issued)
    def done_while_its_letter_waits(self, end: str, which: int) -> None:
        """The mail server is away for a morning; before it is back, a task has come to its end."""
        self.the_post_changes(AWAY)
        self.an_ordinary_week(1)
        for name in (end, "confirm"):
            self.somebody_acts(name, which, 1)
        self.the_post_changes(GONE)
        self.an_ordinary_week(1)

    @rule(point=st.sampled_from(sorted(POINTS)))
    def tick_dies(self, point: str) -> None:
        owner, name, before = POINTS[point]
        with pytest.MonkeyPatch.context() as patch, suppress(Died):
            patch.setattr(owner, name, _deadly(getattr(owner, name), before))
            self._tick()

    @rule()
    def a_letter_dies_on_its_way(self) -> None:
        self.post.reply, kept = None, self.post.reply
        with suppress(Died):
            self._tick()
        self.post.reply = kept

    @rule(days=st.integers(1, 25), lead=st.sampled_from((FINANCE, TRADE, PLANNING, UNREACHABLE, DISTRICTS)))
    @precondition(lambda self: self.issued < 4)
    def a_document_is_issued(self, days: int, lead: str) -> None:
        """One with a deadline; now and then one without, and a monthly duty, beside it."""
        self.clock_only, self.issued = False, self.issued + 1
        due = office_day(self.now) + timedelta(days=days)
        found = [
            directive(f"Việc có thời hạn {self.issued}.", lead, cooperate=[PLANNING], due=cast.by(due)),
            directive(f"Việc không thời hạn {self.issued}.", lead),
            directive(f"Báo cáo hằng tháng {self.issued}.", TRADE, due=cast.every("monthly day 25")),
        ]
        draft = cast.conclusion(*found[: 1 + days % 3], number=f"{self.issued}/TB-UBND")
        publish(self.engine, draft, Act(Actor.SECRETARIAT, self.now, self.office, Way.PAGE))

    @rule(name=st.sampled_from(sorted(ACTS)), which=st.integers(0, 30), pick=st.integers(0, 100))
    @precondition(lambda self: self.issued)
    def somebody_acts(self, name: str, which: int, pick: int) -> None:
        self.clock_only = False
        ids = open_ids(self.engine)
        with suppress(Refusal):
            ACTS[name](Try(self.engine, ids[which % len(ids)], self.now, self.office, pick))

    @rule(reply=st.sampled_from((GONE, GONE, AWAY, LOST, NEVER)))
    def the_post_changes(self, reply: Outcome) -> None:
        self.post.reply = reply

    # The laws.

    @invariant()
    def history_replays_to_the_present(self) -> None:
        """Break: drop ``urged`` from ``changes`` in ``models/follow_up/sweep/urgings._data``."""
        history = self._history()
        for task in self._tasks():
            assert replay(history[task.id]) == present(task)
            for name, value in put_right(history[task.id]).items():
                assert getattr(task, name) == value

    @invariant()
    def no_move_outside_the_table(self) -> None:
        """Break: let ``flows/actions/doors/task.perform`` lead CONFIRMED to IN_PROGRESS."""
        for events in self._history().values():
            for event in events:
                if event.from_status is None:
                    continue
                move = MOVES.get(event.kind) or RECORDS[event.kind]
                told = f"{event.kind}: {event.from_status} -> {event.to_status} by {event.actor}"
                assert event.from_status in move.sources, told
                assert event.actor in move.actors, told
                target = getattr(move, "target", event.from_status)
                assert target is None or event.to_status == target, told

    @invariant()
    def nothing_wrong_was_sent(self) -> None:
        """What ``Watch`` saw leaving. Breaks, one a line there:

        after done: return None at the top of ``notifications/delivery/still_true.obsolete``; twice: let
        ``notifications/delivery/settle._state_after`` map UNKNOWN to QUEUED; on a day off: return
        ``instant`` at once in ``config/committee.Policy.soonest``.
        """
        wrongs = self.post.wrongs if hasattr(self, "post") else []
        assert wrongs == [], "; ".join(wrongs)

    @invariant()
    def a_deadline_moves_by_decision_only(self) -> None:
        """Break: set ``due_on`` beside ``last_urged_on`` in ``models/follow_up/sweep/urgings._urging``."""
        chains: dict[int, list[DeadlineChange]] = defaultdict(list)
        for change in self._rows(DeadlineChange):
            chains[change.task_id].append(change)
        for task in self._tasks():
            chain = sorted(chains[task.id], key=lambda change: change.seq)
            values = [None, *(change.due_on for change in chain)]
            assert [change.old_due_on for change in chain] == values[:-1]
            assert values[-1] == task.due_on
            if self.clock_only and task.id in self.due and task.due_on != self.due[task.id]:
                assert chain[-1].cause is DeadlineCause.CALENDAR, "moved while nobody decided"
            self.due[task.id] = task.due_on
        self.clock_only = True

    @invariant()
    def each_task_is_reminded_or_a_row_says_why_not(self) -> None:
        """Breaks: start ``rules/follow_up/reminders._near`` tomorrow; add no row in
        ``models/follow_up/sweep/record``."""
        if self.ticked_on is not None and self.ticked_on == office_day(self.now):
            assert self.ticked_on in {row.day for row in self._rows(FollowUpDay)}, "the day is not on record"
            found = unexplained(self.engine, self.office, self.ticked_on, self.calendar_changed)
            assert found == [], "; ".join(found)

    # How it is done.

    def check_invariants(self, *args: Any, **more: Any) -> None:
        """All laws of one step look at the same rows, read once."""
        self._read: dict[type[SQLModel], list[Any]] = {}
        super().check_invariants(*args, **more)

    def _rows(self, table: type[SQLModel]) -> list[Any]:
        if table not in self._read:
            self._read[table] = rows(self.engine, table) if hasattr(self, "engine") else []
        return self._read[table]

    def _tasks(self) -> list[Task]:
        return self._rows(Task)

    def _history(self) -> dict[int, list[TaskEvent]]:
        found: dict[int, list[TaskEvent]] = defaultdict(list)
        for event in sorted(self._rows(TaskEvent), key=lambda one: one.seq):
            found[event.task_id].append(event)
        return found

    def _tick(self) -> None:
        before = max((letter.id for letter in rows(self.engine, OutboxLetter)), default=0)
        try:
            self._by_the_clock(self.now)
        finally:
            self.seen.look(office_day(self.now), self.office.calendar)
        self.look_at_ended(before)
        self.ticked_on = office_day(self.now)
        if self.office.calendar.is_working(self.ticked_on):
            self.ticked_by = self.office

    def settings(self) -> Settings:
        """The same for every office."""
        return SETTINGS

    def _forget_what_never_was(self) -> None:
        self.due.clear()
        self.seen.forget_what_never_was()
        self.ticked_on = self.ticked_by = None


def _deadly(function: Any, before: bool) -> Any:
    def call(*args: Any, **more: Any) -> Any:
        if not before:
            function(*args, **more)
        raise Died

    return call
