"""Issue a conclusion: document, directives, tasks, events and letters in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day, office_time
from flows.actions.correction_log import log_corrections
from flows.actions.draft_file import draft_to_json
from flows.actions.first_deadlines import FirstDeadline, first_deadline
from flows.actions.first_reading import Directives, first_reading_json
from flows.actions.office import Office
from flows.actions.publishable import Assignment, PublishError, assignments, identity_of, shortened
from flows.actions.transition import Act, opened
from models.db import one_at_a_time, unit_of_work
from models.directives import Directive, DirectiveParty, Document, DocumentEvent
from models.register import load_registry
from models.task_facts import code_of, source_of
from models.tasks import Task, TaskCooperation
from notifications import keys
from notifications.outbox import NewLetter, enqueue
from rules.coverage import recounted
from rules.draft import Draft
from rules.vocabulary import (
    Actor,
    DeadlineCause,
    DocumentMove,
    DocumentState,
    EventKind,
    LetterKind,
    PartyRole,
    TaskStatus,
)

TITLE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Published:
    """What issuing made."""

    document_id: int
    source: str
    task_codes: tuple[str, ...]
    standing_rules: int


class AlreadyIssued(PublishError):
    """The same document (issuer, year and number, or text) was issued before."""


def publish(engine: Engine, draft: Draft, now: datetime, office: Office, source_name: str = "") -> Published:
    """Issue a reading as it is, without storing it first. Raises PublishError; then nothing has changed."""
    return publish_corrected(engine, draft, draft.directives, now, office, source_name)


def publish_corrected(
    engine: Engine, draft: Draft, first: Directives | None, now: datetime, office: Office, source_name: str
) -> Published:
    """Issue a draft that was corrected elsewhere; ``first`` is its first reading, None if nobody kept it.

    Without it nothing is logged as corrected, and the reading report leaves the document out.
    Raises PublishError; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        document = Document(state=DocumentState.DRAFT, kind=draft.document.kind, entered_at=now)
        document.source_name = source_name
        document.first_reading = None if first is None else first_reading_json(first)
        session.add(document)
        return issue_document(session, document, draft, now, office)


def issue_document(
    session: Session,
    document: Document,
    draft: Draft,
    now: datetime,
    office: Office,
    actor: Actor = Actor.SECRETARIAT,
) -> Published:
    """Issue ``document`` as ``draft`` says, in the caller's transaction. Raises PublishError."""
    one_at_a_time(session, "issue")
    registry = load_registry(session)
    found = assignments(draft, registry)
    # A draft file that was corrected by hand may have lost or gained directives.
    draft = replace(draft, statements=recounted(draft.statements, draft.directives))
    document.draft = draft_to_json(draft, registry)
    _claim_identity(session, document, draft, now)
    tasks: list[Task] = []
    for ordinal, assignment in enumerate(found, start=1):
        directive = _directive(document, ordinal, assignment)
        session.add(directive)
        session.flush()
        session.add_all(_parties(directive, assignment))
        tasks += _tasks(session, directive, assignment, now, office)
    announce(session, tasks, document, now, office)
    log_corrections(session, document, draft, now)
    assert document.id is not None
    session.add(_issued(document.id, document.version, now, actor))
    return Published(
        document.id,
        source_of(document.kind, document.number, document.dated_on),
        tuple(code_of(task.id) for task in tasks if task.id is not None),
        sum(assignment.standing_rule for assignment in found),
    )


def _issued(document_id: int, version: int, now: datetime, actor: Actor) -> DocumentEvent:
    return DocumentEvent(
        document_id=document_id, seq=version, happened_at=now, kind=DocumentMove.ISSUED, actor=actor
    )


def _claim_identity(session: Session, document: Document, draft: Draft, now: datetime) -> None:
    identity = identity_of(draft)
    facts = draft.document
    _refuse_second(session, identity)
    document.kind, document.number, document.dated_on = facts.kind, facts.number, facts.date
    document.issuer, document.issuer_id = facts.issuer, facts.issuer_id
    document.title, document.text = facts.title, facts.text
    document.identity = identity
    document.state, document.issued_at = DocumentState.ISSUED, now
    document.version += 1
    try:
        with session.begin_nested():  # so that the first can still be looked up
            session.flush()
    except sa.exc.IntegrityError:  # somebody issued it between our look and our claim
        _refuse_second(session, identity)
        raise


def _refuse_second(session: Session, identity: str) -> None:
    with session.no_autoflush:  # our own document may already claim this identity
        first = session.scalars(sa.select(Document).where(Document.identity == identity)).first()
    if first is not None and first.issued_at is not None:
        raise AlreadyIssued([_already(first)])


def _already(first: Document) -> str:
    source = source_of(first.kind, first.number, first.dated_on)
    when = f" lúc {office_time(first.issued_at):%H:%M ngày %d/%m/%Y}" if first.issued_at else ""
    return (
        f"{source} đã được phát hành{when} (văn bản số {first.id} trong hệ thống); không phát hành lần hai."
    )


def _directive(document: Document, ordinal: int, assignment: Assignment) -> Directive:
    read, due = assignment.directive, assignment.directive.due
    assert document.id is not None
    return Directive(
        document_id=document.id,
        ordinal=ordinal,
        text=read.text,
        span_start=read.span.start,
        span_end=read.span.end,
        due_kind=due.kind,
        due_on=due.date,
        due_rule=due.rule,
        due_phrase=due.phrase,
        due_read_by=due.read_by,
        due_anchor=due.anchor,
        due_approximate=due.approximate,
        due_event=due.event,
        escalation=read.escalation,
        standing_rule=assignment.standing_rule,
        doubts=[doubt.message for doubt in read.doubts],
    )


def _parties(directive: Directive, assignment: Assignment) -> list[DirectiveParty]:
    read = assignment.directive
    roles = (
        (PartyRole.LEAD, read.lead),
        (PartyRole.COOPERATE, read.cooperate),
        (PartyRole.REPORT_TO, read.report_to),
    )
    assert directive.id is not None
    return [
        DirectiveParty(directive_id=directive.id, role=role, position=n, agency_id=body_id)
        for role, parties in roles
        for n, body_id in enumerate(dict.fromkeys(p.body_id for p in parties if p.body_id))
    ]


def _tasks(
    session: Session, directive: Directive, assignment: Assignment, now: datetime, office: Office
) -> list[Task]:
    first = first_deadline(session, directive, assignment.leads, assignment.receivers, now, office)
    parent = _aggregating(directive, first, now, office)
    open_tasks(session, parent, (), now)
    tasks = [
        new_task(directive, agency_id, first.due_on, first.occurrence, now, office)
        for agency_id in assignment.leads
        if agency_id != first.aggregator_id
    ]
    for task in tasks:
        task.parent_id = parent[0].id if parent else None
    open_tasks(session, tasks, assignment.cooperators, now, first.cause, directive.due_basis)
    return [*parent, *tasks]


def _aggregating(directive: Directive, first: FirstDeadline, now: datetime, office: Office) -> list[Task]:
    """The task of the body that sums up what the others report, by the day of the text."""
    if first.aggregator_id is None:
        return []
    task = new_task(directive, first.aggregator_id, first.aggregator_due_on, 0, now, office)
    task.title = shortened(f"Tổng hợp báo cáo: {directive.text}", TITLE_LENGTH)
    return [task]


def new_task(
    directive: Directive, agency_id: str, due_on: date | None, occurrence: int, now: datetime, office: Office
) -> Task:
    """A task that is not yet in the session; without a deadline it gets a review date instead."""
    today = office_day(now)
    review = today + timedelta(days=office.policy.reminders.review_after_days)
    assert directive.id is not None
    return Task(
        directive_id=directive.id,
        agency_id=agency_id,
        occurrence=occurrence,
        title=shortened(directive.text, TITLE_LENGTH),
        status=TaskStatus.ASSIGNED,
        assigned_on=today,
        due_on=due_on,
        original_due_on=due_on,
        review_on=None if due_on else review,
        due_set_on=today,
        due_unpaused_on=due_on,
    )


def open_tasks(
    session: Session,
    tasks: list[Task],
    cooperators: tuple[str, ...],
    now: datetime,
    cause: DeadlineCause = DeadlineCause.ISSUED,
    basis: str = "",
) -> None:
    """Insert tasks with their first event, deadline and cooperating bodies.

    ``basis`` says how a derived deadline came about; it is kept with the first deadline.
    """
    session.add_all(tasks)
    session.flush()
    act = Act(EventKind.ASSIGNED, Actor.SECRETARIAT, now, note=basis, cause=cause)
    for task in tasks:
        assert task.id is not None
        opened(session, task, act)
        session.add_all(
            TaskCooperation(task_id=task.id, agency_id=body) for body in cooperators if body != task.agency_id
        )


def announce(session: Session, tasks: list[Task], document: Document, now: datetime, office: Office) -> None:
    """One assignment letter a task; those of one document travel together."""
    soonest = office.policy.soonest(now, office.calendar)
    letters = [
        NewLetter(
            key=keys.assignment(task.id),
            kind=LetterKind.ASSIGNMENT,
            agency_id=task.agency_id,
            scheduled_on=task.assigned_on,
            not_before=soonest,
            task_id=task.id,
            data={"document": document.id},
        )
        for task in tasks
        if task.id is not None
    ]
    enqueue(session, letters, now)
