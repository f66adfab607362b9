"""An issued task is put right where it says something else than the paper: lead, partners, words, deadline.

Source: issue 10, line 9. A correction has its reason, its event and its letters; of two who correct at the
same moment the second is told. The paper's own sentence stays where it is, beside what was put right.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.documents.new_tasks import TITLE_LENGTH
from flows.actions.documents.publishable import shortened
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import tell
from flows.actions.tasks.correcting.correct_bodies import regroup, right_lead
from flows.actions.tasks.correcting.correction_words import in_words, told
from models.db import one_at_a_time, unit_of_work
from models.tables.documents import Directive, Document
from models.tables.tasks import Task, TaskChanges
from models.tasks.corrected_tasks import dates_of, reading_of, siblings
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Correction
from rules.refusal import NotAllowed, Overtaken
from rules.tasks.event_data import Changed, CorrectedData
from rules.tasks.mending import (
    TaskReading,
    check_paper_day,
    check_reading,
    differences,
    in_force,
    shared,
)
from rules.tasks.remarks import remark
from rules.text.incoming import cleaned
from rules.vocabulary import CorrectionField, DeadlineCause, EventKind

F = CorrectionField


@dataclass(frozen=True, slots=True)
class Seen:
    """The task that somebody looked at, and its version then.

    ``alike``: what is put right holds for every open task of its directive that says the same; the lead
    is that of the one task.
    """

    task_id: int
    version: int
    alike: bool = False


@dataclass(frozen=True, slots=True)
class _Putting:
    """What one task said and should say, and why."""

    before: TaskReading
    wanted: TaskReading
    said: str
    act: Act

    @property
    def fields(self) -> tuple[CorrectionField, ...]:
        """The fields that change."""
        return differences(self.before, self.wanted)


def correct(engine: Engine, seen: Seen, wanted: TaskReading, reason: str, act: Act) -> int:
    """Make an open task say ``wanted``; returns the id of the task that stands for it now.

    With another lead that is a new task, as in a hand-over: its urgings begin anew, and what the wrong
    lead had handed in is not its own. Raises NotAllowed, NotFound, Overtaken, NoCalendar; then
    nothing has changed.
    """
    said = remark(EventKind.CORRECTED, reason)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "hand-over")
        task = find_task(session, seen.task_id)
        if task.version != seen.version:
            raise Overtaken("Nhiệm vụ vừa được người khác cập nhật; hãy xem lại rồi thao tác lại.")
        made = _Putting(reading_of(session, task), wanted, said, act)
        check_reading(wanted, made.fields)
        others = siblings(session, task) if seen.alike else []
        stands = _put_right(session, task, made)
        for other in others:
            theirs = reading_of(session, other)
            same = shared(theirs, made.before, wanted)
            if differences(theirs, same):
                _put_right(session, other, replace(made, before=theirs, wanted=same))
        return stands


def _put_right(session: Session, task: Task, made: _Putting) -> int:
    words = in_words(session, made.before, made.wanted, made.fields)
    perform(session, task, made.act, _corrected(session, task, made, words))
    roles = regroup(session, task, made.before, made.wanted, made.act)
    if F.LEAD in made.fields:
        task = right_lead(session, task, made.wanted.lead, made.said, made.act)
        joins = made.before.lead in made.wanted.cooperating
        roles |= {made.before.lead: "joins" if joins else "old_lead", made.wanted.lead: "new_lead"}
    _tell(session, task, roles, made, words)
    assert task.id is not None
    return task.id


def _corrected(session: Session, task: Task, made: _Putting, words: tuple[Changed, ...]) -> Happening:
    text, changes = "", TaskChanges()
    if F.TEXT in made.fields:
        text = cleaned(made.wanted.text).strip()
        changes["title"] = shortened(made.wanted.text, TITLE_LENGTH)
    if F.DUE in made.fields:
        changes |= _deadline(session, task, made)
    note = f"{told(words)}\nLý do: {made.said}"
    return Happening(EventKind.CORRECTED, note, CorrectedData(words, text), changes, DeadlineCause.CORRECTION)


def _deadline(session: Session, task: Task, made: _Putting) -> TaskChanges:
    """The columns that follow from the paper's day; ``original_due_on`` keeps what was issued."""
    today, paper_on = made.act.today, made.wanted.due_on
    if paper_on is None:
        if task.occurrence:
            raise NotAllowed(
                "Nhiệm vụ định kỳ phải có thời hạn; nếu không còn phải làm thì hãy rút nhiệm vụ, "
                "nêu rõ lý do."
            )
        review_on = today + timedelta(days=made.act.office.policy.reminders.review_after_days)
        return {"due_on": None, "due_unpaused_on": None, "corrected_due_on": None, "review_on": review_on}
    directive = session.get_one(Directive, task.directive_id)
    dated_on = session.get_one(Document, directive.document_id).dated_on
    parent = session.get(Task, task.parent_id) if task.parent_id is not None else None
    check_paper_day(paper_on, dated_on, parent.due_on if parent else None, today)
    due_on, unpaused_on = in_force(dates_of(task), paper_on, made.act.office.calendar)
    moved: TaskChanges = {"due_on": due_on, "due_unpaused_on": unpaused_on}
    return moved | {"corrected_due_on": paper_on, "review_on": None}


def _tell(
    session: Session, task: Task, roles: dict[str, str], made: _Putting, words: tuple[Changed, ...]
) -> None:
    """One letter to each body that has, had or gets a part in the task."""
    assert task.id is not None
    for body, role in roles.items():
        key = keys.correction(task.id, task.version, body)
        tell(session, Correction(role, words, made.said), key, body, task, made.act)
