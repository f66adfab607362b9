"""Whether leads could know of what they were urged for: what was seen of their letters, day by day.

A part of ``OfficeMachine``: documents whose deadlines wait for an event, and the laws of telling.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.engine import Engine

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.deadlines.awaited_events import record_event
from flows.actions.documents.issue import publish
from models.tables.documents import AwaitedEvent
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskEvent, ToldDeadline, Urging
from rules.calendar.workdays import WorkCalendar
from rules.draft import DraftDue, DueKind
from rules.letter_words import LetterState
from rules.outbox.kinds import TELLING
from rules.refusal import Refusal
from rules.tasks.status import OPEN
from rules.vocabulary import Actor, EventKind, Way
from tests.cast import FINANCE, TRADE, UNREACHABLE, conclusion, directive, rows

PHRASE = "trong 05 ngày làm việc kể từ ngày đề án được phê duyệt"
WAITS = DraftDue(DueKind.NONE, phrase=PHRASE, anchor="event", event="đề án được phê duyệt")


class Seen:
    """Letters that told a lead of a task, when they were first seen to have left, and the deadline then.

    A letter that visibly could not leave counts, one that still waits does not. Asks only what a stranger
    sees of the outbox, never the row that the sweep asks.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._left: dict[int, tuple[date, date | None]] = {}  # by letter, in the order of being seen

    def look(self, today: date, calendar: WorkCalendar) -> None:
        """At the outbox, after something that may have sent letters; a day off is the next working day."""
        due = {task.id: task.due_on for task in rows(self._engine, Task)}
        for letter in self._telling():
            if letter.state is not LetterState.PENDING and letter.id not in self._left:
                self._left[letter.id] = (calendar.on_or_after(today), due[letter.task_id])

    def forget_what_never_was(self) -> None:
        """The database was set back: letters that are not in it, or wait again, were not seen."""
        gone = {row.id for row in self._telling() if row.state is not LetterState.PENDING}
        self._left = {key: seen for key, seen in self._left.items() if key in gone}

    def surprised(self) -> Iterator[str]:
        """Urgings whose lead had no letter about the deadline in force on an earlier day."""
        letters = {row.id: (row.task_id, row.agency_id) for row in self._telling()}
        changes = rows(self._engine, DeadlineChange)
        urged = {(row.task_id, row.data.get("number")): row.seq for row in self._events(EventKind.URGED)}
        agreed = self._events(EventKind.EXTENSION_AGREED)
        taken = {(row.task_id, row.seq) for row in agreed if row.actor is Actor.LEAD}
        for urging in rows(self._engine, Urging):
            seq = urged[urging.task_id, urging.number]
            mine = [row for row in changes if row.task_id == urging.task_id and row.event_seq < seq]
            if not mine:
                continue  # urged by hand without a deadline: there is none that it could not have known
            last = max(mine, key=lambda row: row.seq)
            told: list[date] = []
            for letter, (day, due) in self._left.items():
                to_lead = letters[letter] == (urging.task_id, urging.recipient_id)
                if to_lead and day < urging.urged_on:
                    told = [*told, day] if due == last.due_on else []
            told += [last.changed_on] if (last.task_id, last.event_seq) in taken else []
            if min(told, default=urging.urged_on) >= urging.urged_on:
                yield f"{urging.letter_key} on {urging.urged_on}, by {last.due_on} of {last.changed_on}"

    def untold(self) -> Iterator[str]:
        """Open tasks whose lead neither knows the deadline in force nor has a letter on its way."""
        known = {(row.task_id, row.agency_id, row.due_on) for row in rows(self._engine, ToldDeadline)}
        waiting = {
            (letter.task_id, letter.agency_id)
            for letter in self._telling()
            if letter.state is LetterState.PENDING
        }
        for task in rows(self._engine, Task):
            told = (task.id, task.agency_id, task.due_on) in known
            if task.status in OPEN and task.due_on and not told and (task.id, task.agency_id) not in waiting:
                yield f"GN-{task.id:04d}, due {task.due_on}"

    def _telling(self) -> list[OutboxLetter]:
        return rows(self._engine, OutboxLetter, OutboxLetter.kind.in_(TELLING))  # type: ignore[attr-defined]

    def _events(self, kind: EventKind) -> list[TaskEvent]:
        return rows(self._engine, TaskEvent, TaskEvent.kind == kind)


class KnowingRules(RuleBasedStateMachine):
    """Needs of the machine: ``engine``, ``now``, ``office``, ``seen`` and ``clock_only``."""

    engine: Engine
    now: datetime
    office: Office
    seen: Seen
    clock_only: bool
    events = 0

    @rule(lead=st.sampled_from((FINANCE, TRADE, UNREACHABLE)))
    @precondition(lambda self: self.events < 2)
    def a_document_waits_for_an_event(self, lead: str) -> None:
        self.clock_only, self.events = False, self.events + 1
        waits = directive(f"Việc chờ sự kiện {self.events}.", lead, due=WAITS)
        publish(
            self.engine,
            conclusion(waits, number=f"9{self.events}/TB-UBND"),
            Act(Actor.SECRETARIAT, self.now, self.office, Way.PAGE),
        )

    @rule(ago=st.integers(-10, 30))
    @precondition(lambda self: self.events)
    def the_event_gets_a_day(self, ago: int) -> None:
        """The first time, or another one: the deadline may go back and forth, and into the past."""
        self.clock_only = False
        day = office_day(self.now) - timedelta(days=ago)
        for event in rows(self.engine, AwaitedEvent):
            with suppress(Refusal):
                record_event(
                    self.engine, event.id, day, Act(Actor.SECRETARIAT, self.now, self.office, Way.PAGE)
                )

    @invariant()
    def nobody_is_urged_who_could_not_know(self) -> None:
        """No urging without an earlier letter that was sent or visibly was not.

        Break: leave ``KNOWN_SQL`` out of ``models/follow_up/sweep/urgings._urging``, or ``looked_at`` out of
        ``models/follow_up/told.told_by_letters``.
        """
        found = list(self.seen.surprised()) if hasattr(self, "seen") else []
        assert found == [], "; ".join(found)

    @invariant()
    def no_deadline_is_kept_from_its_lead(self) -> None:
        """Break: write no letter in ``awaited_events._set``, or in ``pause.resume``."""
        found = list(self.seen.untold()) if hasattr(self, "seen") else []
        assert found == [], "; ".join(found)
