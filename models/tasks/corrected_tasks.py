"""What an issued task says now, for whoever puts it right: its words, its bodies, its paper's deadline."""

from collections.abc import Collection, Mapping
from itertools import chain

import sqlalchemy as sa
from sqlmodel import Session, col

from models.database.bulk import one_of_ids
from models.database.predicates import among
from models.tables.documents import Directive
from models.tables.tasks import Task, TaskCooperation, TaskEvent
from models.tasks.predecessors import predecessors
from rules.deadlines.classes import DueDates
from rules.tasks.event_data import AssignedData, CorrectedData
from rules.tasks.mending import TaskReading
from rules.tasks.status import OPEN
from rules.text.stored import Json
from rules.vocabulary import CooperationState, EventKind


def reading_of(session: Session, task: Task, text: str | None = None) -> TaskReading:
    """The task as it stands; a released body does not cooperate. ``text``: its words, if known."""
    parts = sa.select(TaskCooperation.agency_id).where(
        TaskCooperation.task_id == task.id, TaskCooperation.state != CooperationState.RELEASED
    )
    said = full_text(session, task) if text is None else text
    return TaskReading(said, task.agency_id, frozenset(session.scalars(parts)), dates_of(task).by_paper)


def siblings(session: Session, task: Task) -> list[Task]:
    """The other open tasks of the same directive, also other occurrences of a duty that recurs."""
    return list(session.scalars(sa.select(Task).where(*_beside(task)).order_by(Task.id)))


def count_siblings(session: Session, task: Task) -> int:
    """How many ``siblings`` there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(Task).where(*_beside(task))) or 0


def _beside(task: Task) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(Task.directive_id) == task.directive_id,
        col(Task.id) != task.id,
        among(Task.status, OPEN),
    )


def dates_of(task: Task) -> DueDates:
    """The deadlines of a task."""
    return DueDates(task.due_on, task.due_unpaused_on, task.original_due_on, task.corrected_due_on)


def full_text(session: Session, task: Task) -> str:
    """All words of a task: as last corrected, else as the paper has them."""
    corrected = corrected_text(session, task)
    return paper_text(session, task) if corrected is None else corrected


def paper_text(session: Session, task: Task) -> str:
    """The words of a task that nobody has corrected: the paper's sentence, else its title.

    A title is cut to its length; whoever sums up what others report has a title of its own.
    """
    return words_on_paper(session.get_one(Directive, task.directive_id).text, task.title)


def words_on_paper(sentence: str, title: str) -> str:
    """The same of a task whose directive's sentence is known."""
    begins = title.removesuffix("…").rstrip()
    return sentence if " ".join(sentence.split()).startswith(begins) else title


def corrected_text(session: Session, task: Task) -> str | None:
    """The words that a correction gave the task; None if there was none."""
    return corrected_texts(session, [task.id or 0]).get(task.id or 0)


def corrected_texts(session: Session, task_ids: Collection[int]) -> dict[int, str]:
    """By task, the words that a correction gave it, the task before it, or the occurrence before it.

    An occurrence keeps in its first event what it has from the one before
    (``flows/actions/follow_up/recurring.py``).
    """
    before = predecessors(session, task_ids)
    own = _last_words(session, {*task_ids, *chain.from_iterable(before.values())})
    lines = {key: (key, *before.get(key, ())) for key in task_ids}
    said = {key: [own[one] for one in line if one in own] for key, line in lines.items()}
    return {key: words[0] for key, words in said.items() if words}


def _last_words(session: Session, task_ids: Collection[int]) -> dict[int, str]:
    """By task, the last words that its own events hold."""
    query = sa.select(TaskEvent.task_id, TaskEvent.kind, TaskEvent.data).where(
        one_of_ids(session, TaskEvent.task_id, task_ids),
        TaskEvent.kind.in_((EventKind.ASSIGNED, EventKind.CORRECTED)),
    )
    events = session.execute(query.order_by(TaskEvent.task_id, TaskEvent.seq))
    told = ((key, _text(kind, data)) for key, kind, data in events)
    return {key: text for key, text in told if text}


def _text(kind: EventKind, data: Mapping[str, Json]) -> str:
    told = AssignedData.seen(data) if kind is EventKind.ASSIGNED else CorrectedData.seen(data)
    return told.text if told else ""


def corrected_among(session: Session, task_ids: Collection[int]) -> set[int]:
    """Those of the tasks that were put right after their issue."""
    query = sa.select(TaskEvent.task_id).where(
        TaskEvent.task_id.in_(list(task_ids)), TaskEvent.kind == EventKind.CORRECTED
    )
    return set(session.scalars(query.distinct()))
