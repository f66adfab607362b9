"""The last look before publishing: who gets what by when, how many letters, and what needs a word.

It is made by the same functions that issue the document, from values alone: nothing is stored, and no
number is used up.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from flows.actions.documents.issue import directives_of, refuse_second
from flows.actions.documents.new_tasks import NewTask, TaskPlan, foreseen_tasks, invited
from flows.actions.documents.open_questions import Question, check_confirmed, questions_of
from flows.actions.documents.publishable import Assignment, PublishError, assignments
from models.facts import source_of
from models.people.register import load_registry
from models.tables.documents import Document
from notifications.outbox.readers import Reach, contact_cards
from rules.documents.coverage import recounted
from rules.draft import Draft, Mark
from rules.people.registry import Registry
from rules.text.folding import fold

#: Where nothing is stored yet the rows are made for a document that does not exist.
_NO_DOCUMENT = 0


@dataclass(frozen=True, slots=True)
class TaskAhead:
    """A task that would be opened. ``rule`` is its recurrence; ``over`` that its deadline has passed."""

    directive: int
    title: str
    due_on: date | None
    rule: str | None
    over: bool
    partners: tuple[str, ...] = ()  # names


@dataclass(frozen=True, slots=True)
class BodyAhead:
    """What one body would get: its own tasks, and the numbers of the directives it helps with."""

    agency_id: str
    name: str
    tasks: tuple[TaskAhead, ...]
    helps: tuple[int, ...]
    letters: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class LastLook:
    """Everything that a person should see before pressing "Phát hành"; bodies in the order of the text."""

    source: str
    urgent: bool
    day: date  # of the issue
    dated_on: date
    bodies: tuple[BodyAhead, ...]
    standing_rules: int
    questions: tuple[Question, ...]
    twins: tuple[tuple[int, int], ...]  # numbers of directives that say the same to the same bodies
    asides: Mapping[Mark, int]  # statements of the operative part that give no task

    @property
    def tasks(self) -> list[TaskAhead]:
        """All tasks, body by body."""
        return [task for body in self.bodies for task in body.tasks]

    @property
    def letters(self) -> int:
        """Letters that would be written, to leads and to cooperating bodies."""
        return sum(body.letters for body in self.bodies)

    @property
    def earliest(self) -> TaskAhead | None:
        """The task with the earliest deadline, None if none has one."""
        dated = [task for task in self.tasks if task.due_on]
        return min(dated, key=lambda task: task.due_on or date.max, default=None)

    @property
    def over(self) -> int:
        """How many tasks would be opened with a deadline that has passed."""
        return sum(task.over for task in self.tasks)

    @property
    def days_ahead(self) -> int:
        """How many days after the issue the document's own date lies; negative before it."""
        return (self.dated_on - self.day).days

    @property
    def unreachable(self) -> list[str]:
        """Names of the bodies that have no address which letters can go to."""
        return [body.name for body in self.bodies if not body.reachable]

    @property
    def mark(self) -> str:
        """Equal for two looks that show the same."""
        return sha256(repr(self).encode()).hexdigest()[:32]


def last_look(session: Session, draft: Draft, act: Act) -> LastLook:
    """What publishing ``draft`` would do, if that is the ``act``.

    Raises PublishError with every reason why it cannot be published, or AlreadyIssued; NoCalendar when a
    deadline falls into a year without its file. Questions do not stop a look.
    """
    registry, day = load_registry(session), act.today
    found = assignments(draft, registry)
    refuse_second(session, draft)
    facts = draft.document
    assert facts.date is not None  # or it could not be published
    bodies = _bodies(session, found, registry, act)
    statements = recounted(draft.statements, draft.directives)
    marks = Counter(one.mark for one in statements)
    return LastLook(
        source_of(facts.kind, facts.number, facts.date),
        facts.urgent,
        day,
        facts.date,
        bodies,
        sum(one.standing_rule for one in found),
        tuple(questions_of(draft, day)),
        _twins(found),
        {mark: marks[mark] for mark in (Mark.ORIENTATION, Mark.NO_TASK) if marks[mark]},
    )


def hindrances(session: Session, document: Document, draft: Draft, now: datetime) -> list[str]:
    """Why the sweep would not issue a document that waits for it, a sentence a cause; mostly none."""
    at = max(now, document.issue_at or now)
    try:
        assignments(draft, load_registry(session))
        refuse_second(session, draft)
        check_confirmed(draft, office_day(at), frozenset(document.confirmed or ()))
    except PublishError as error:
        return error.problems
    return []


def _bodies(
    session: Session, found: Sequence[Assignment], registry: Registry, act: Act
) -> tuple[BodyAhead, ...]:
    own: dict[str, list[TaskAhead]] = defaultdict(list)
    helps: dict[str, list[int]] = defaultdict(list)
    rows = zip(directives_of(_NO_DOCUMENT, found), found, strict=True)
    for number, (directive, one) in enumerate(rows, start=1):
        for task in _tasks(foreseen_tasks(directive, one, act)):
            lead = task.row["agency_id"]
            partners = invited(lead, task.cooperators)
            names = tuple(registry.get(body).name for body in partners)
            own[lead].append(_task(number, task, directive.due_rule, names, act.today))
            for body in partners:
                helps[body].append(number)
    bodies = tuple(dict.fromkeys((*own, *helps)))
    reached = contact_cards(session, bodies, Reach(act.today, act.office.mark_days))
    return tuple(
        BodyAhead(
            body,
            registry.get(body).name,
            tuple(own[body]),
            tuple(dict.fromkeys(helps[body])),
            len(own[body]) + len(helps[body]),
            body in reached,
        )
        for body in bodies
    )


def _tasks(plan: TaskPlan) -> list[NewTask]:
    return [*([plan.parent] if plan.parent else []), *plan.tasks]


def _task(number: int, task: NewTask, rule: str | None, partners: tuple[str, ...], day: date) -> TaskAhead:
    due_on: date | None = task.row["due_on"]
    over = due_on is not None and due_on < day
    return TaskAhead(number, task.row["title"], due_on, rule, over, partners)


def _twins(found: Sequence[Assignment]) -> tuple[tuple[int, int], ...]:
    """Pairs of directives with the same words, without case and blanks, and the same bodies."""
    first: dict[tuple[str, frozenset[str]], int] = {}
    twins = []
    for number, one in enumerate(found, start=1):
        seen = first.setdefault((fold(one.directive.text), frozenset(one.leads)), number)
        if seen != number:
            twins.append((seen, number))
    return tuple(twins)
