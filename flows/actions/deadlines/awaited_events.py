"""An event that deadlines waited for has a day: every task that hangs on it gets its date.

Source: design of follow-up, "Deadlines": event-bound deadlines wait for their event. The date is
that of the phrase; a phrase without a number of days gives none, and the task is reviewed instead.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.office import Office
from flows.actions.deadlines.calendar_marks import note_counting
from flows.actions.doors.event import date_event
from flows.actions.doors.task import Happening, perform
from flows.actions.letters.about_deadlines import tell_deadline
from models.db import unit_of_work
from models.deadlines.awaited import event_of, waiting_on
from models.facts import code_of
from models.tables.documents import AwaitedEvent, Directive, Document
from models.tables.tasks import Task, TaskChanges
from rules.deadlines.anchors import EVENT, counts_working_days, event_basis, event_due
from rules.refusal import NotAllowed, NotFound
from rules.vocabulary import DeadlineCause, DocumentState, EventKind

#: A day further ahead is a slip in the year: a term of the committee has five.
MOST_YEARS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """Codes of the tasks that got a date, and of those that the phrase gives none."""

    dated: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def await_event(session: Session, directive: Directive) -> None:
    """Tie a directive that waits for an event to it; directives of one document share an event."""
    words = (directive.due_event or directive.due_phrase or "").strip()
    if directive.due_anchor == EVENT and directive.due_on is None and words:
        directive.event_id = event_of(session, directive.document_id, words).id


def record_event(engine: Engine, event_id: int, day: date, act: Act) -> EventOutcome:
    """Record that an event happens on ``day``, a day of the past or one already fixed.

    Leads are told of their deadlines. The same day again changes nothing; another day corrects the
    deadlines that still stand as the event had set them. Raises NotFound; NotAllowed for a day before the
    document or further ahead than anything is fixed; NoCalendar when a deadline falls into a year without
    its file. Then nothing has changed.
    """
    with unit_of_work(engine) as session:
        event = session.get(AwaitedEvent, event_id)
        if event is None:
            raise NotFound(f"Không có sự kiện số {event_id} đang được chờ.")
        _refuse_recalled(session, event)
        if event.happened_on == day:
            return EventOutcome()
        _refuse_early(session, event, day)
        _refuse_far(day, act.today)
        before, office = event.happened_on, act.office
        date_event(session, event, day, act)
        dated, undated = [], []
        for task, directive in waiting_on(session, event_id):
            due_on = event_due(directive.due_phrase or event.words, day, office.calendar)
            if due_on is None:
                undated.append(_review(session, task, event, act))
            elif _still_as_set(task, directive, event, before, office):
                _note(directive, event.words, day, due_on, office)
                dated.append(_set(session, task, due_on, before, directive.due_basis, act))
        return EventOutcome(tuple(dated), tuple(undated))


def _note(directive: Directive, words: str, day: date, due_on: date, office: Office) -> None:
    basis = event_basis(words, day)
    directive.due_counted = counts_working_days(directive.due_phrase or words)
    if directive.due_counted:
        note_counting(directive, basis, day, due_on, office.calendar)
    else:
        directive.due_basis = basis


def _refuse_recalled(session: Session, event: AwaitedEvent) -> None:
    if session.get_one(Document, event.document_id).state is DocumentState.RECALLED:
        raise NotAllowed("Văn bản nêu sự kiện này đã được thu hồi, không còn thời hạn nào chờ sự kiện.")


def _refuse_early(session: Session, event: AwaitedEvent, day: date) -> None:
    dated_on = session.get_one(Document, event.document_id).dated_on
    if dated_on is not None and day < dated_on:
        raise NotAllowed(f"Ngày {day:%d/%m/%Y} ở trước ngày văn bản ({dated_on:%d/%m/%Y}).")


def _refuse_far(day: date, today: date) -> None:
    if day.year > today.year + MOST_YEARS_AHEAD:
        raise NotAllowed(f"Ngày {day:%d/%m/%Y} còn quá xa, xem lại năm đã ghi.")


def _still_as_set(
    task: Task, directive: Directive, event: AwaitedEvent, before: date | None, office: Office
) -> bool:
    """An extension or a decision since then is not undone by correcting the event's day."""
    if before is None:
        return task.due_on is None
    return task.due_on == event_due(directive.due_phrase or event.words, before, office.calendar)


def _set(session: Session, task: Task, due_on: date, before: date | None, basis: str, act: Act) -> str:
    """``before`` is the day of the event that is corrected, if it had one."""
    cause = DeadlineCause.EVENT if before is None else DeadlineCause.CORRECTION
    dated = Happening(
        EventKind.DEADLINE_SET,
        note=f"Thời hạn {due_on:%d/%m/%Y}, {basis}.",
        changes={"due_on": due_on, "original_due_on": due_on, "review_on": None},
        cause=cause,
    )
    old = task.due_on
    perform(session, task, act, dated)
    tell_deadline(session, task, act, old, cause, basis)
    assert task.id is not None
    return code_of(task.id)


def _review(session: Session, task: Task, event: AwaitedEvent, act: Act) -> str:
    """No date can be told: the task comes up for review at once, with the reason in its history."""
    assert event.happened_on is not None
    assert task.id is not None
    note = (
        f"Sự kiện «{event.words}» ghi ngày {event.happened_on:%d/%m/%Y}; "
        "văn bản không nêu số ngày nên chưa có thời hạn."
    )
    changes: TaskChanges = {"review_on": act.today} if task.due_on is None else {}
    perform(session, task, act, Happening(EventKind.DEADLINE_SET, note, changes=changes))
    return code_of(task.id)
