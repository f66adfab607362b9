"""Issue a conclusion: document, directives, tasks, events and letters in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_time
from flows.actions.documents.issued_before import issued_before
from flows.actions.documents.new_tasks import announce, insert_tasks, plan_tasks
from flows.actions.documents.open_questions import NOTHING, Confirmed, check_confirmed
from flows.actions.documents.publishable import Assignment, PublishError, assignments, identity_of
from flows.actions.doors.document import issue_held
from flows.actions.reading.correction_log import log_corrections
from flows.actions.reading.draft_file import draft_to_json
from flows.actions.reading.first_reading import Directives, first_reading_json
from models.database.bulk import insert_rows
from models.db import one_at_a_time, unit_of_work
from models.deadlines.calendar_years import note_years
from models.facts import code_of, source_of
from models.people.register import load_registry
from models.tables.documents import Directive, DirectiveParty, Document
from notifications.channels.frame.wording import one_line
from rules.documents.coverage import recounted
from rules.documents.urgency import urgency_words
from rules.draft import Draft
from rules.people.registry import Registry
from rules.text.stored import Json
from rules.vocabulary import DocumentState, PartyRole


class PartyRow(TypedDict):
    """A row of ``directive_party``."""

    directive_id: int
    role: PartyRole
    position: int
    agency_id: str


class _Kept(TypedDict):
    confirmed: list[str]
    draft: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Published:
    """What issuing made."""

    document_id: int
    source: str
    task_codes: tuple[str, ...]
    standing_rules: int


class AlreadyIssued(PublishError):
    """The same document (issuer, year and number, or text) was issued before."""


def publish(
    engine: Engine,
    draft: Draft,
    act: Act,
    source_name: str = "",
    confirmed: Confirmed = NOTHING,
) -> Published:
    """Issue a reading as it is, without storing it first; ``confirmed`` as for ``issue_document``.

    Raises PublishError; then nothing has changed.
    """
    return publish_corrected(engine, draft, draft.directives, act, source_name, confirmed)


def publish_corrected(
    engine: Engine,
    draft: Draft,
    first: Directives | None,
    act: Act,
    source_name: str,
    confirmed: Confirmed = NOTHING,
) -> Published:
    """Issue a draft that was corrected elsewhere; ``first`` is its first reading, None if nobody kept it.

    Without it nothing is logged as corrected, and the reading report leaves the document out.
    Raises PublishError; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        document = Document(state=DocumentState.DRAFT, kind=draft.document.kind, entered_at=act.now)
        document.source_name = one_line(source_name)
        document.first_reading = None if first is None else first_reading_json(first)
        session.add(document)
        return issue_document(session, document, draft, act, confirmed)


def issue_document(
    session: Session,
    document: Document,
    draft: Draft,
    act: Act,
    confirmed: Confirmed = NOTHING,
) -> Published:
    """Issue ``document`` as ``draft`` says, in the caller's transaction, and keep what was ``confirmed``.

    Raises PublishError: every reason why it cannot be issued, AlreadyIssued, or Unconfirmed.
    """
    one_at_a_time(session, "issue")
    note_years(session, act.office.calendar, act.now, new_only=True)
    registry = load_registry(session)
    found = _checked(session, draft, registry, act.today, confirmed)
    # A draft file that was corrected by hand may have lost or gained directives.
    draft = replace(draft, statements=recounted(draft.statements, draft.directives))
    kept: _Kept = {"confirmed": sorted(confirmed), "draft": draft_to_json(draft, registry)}
    _claim_identity(session, document, draft, act, kept)
    assert document.id is not None
    directives = directives_of(document.id, found)
    session.add_all(directives)
    session.flush()  # all at once: a document of a hundred directives is three statements, not three hundred
    pairs = list(zip(directives, found, strict=True))
    insert_rows(session, DirectiveParty, [row for pair in pairs for row in party_rows(*pair)])
    urgent = draft.document.urgent
    plans = [plan_tasks(session, directive, one, act, urgent) for directive, one in pairs]
    tasks = insert_tasks(session, plans, act)
    announce(session, tasks, document, act)
    log_corrections(session, document, draft, act)
    return Published(
        document.id,
        source_of(document.kind, document.number, document.dated_on),
        tuple(code_of(task.id) for task in tasks),
        sum(assignment.standing_rule for assignment in found),
    )


def _checked(
    session: Session, draft: Draft, registry: Registry, today: date, confirmed: Confirmed
) -> list[Assignment]:
    """Who owes what, if nothing is against it. What cannot be answered with a yes is told first."""
    found = assignments(draft, registry)
    refuse_second(session, draft)
    check_confirmed(draft, today, confirmed)
    return found


def _claim_identity(session: Session, document: Document, draft: Draft, act: Act, kept: _Kept) -> None:
    facts = draft.document
    said = {
        "kind": facts.kind,
        "number": facts.number,
        "dated_on": facts.date,
        "issuer": facts.issuer,
        "issuer_id": facts.issuer_id,
        "title": facts.title,
        "text": facts.text,
        "identity": identity_of(draft),
    }
    try:
        issue_held(session, document, act, **said, **kept)
    except sa.exc.IntegrityError:  # somebody issued it between our look and our claim
        refuse_second(session, draft)
        raise


def refuse_second(session: Session, draft: Draft) -> None:
    """Raises AlreadyIssued, which names the first issue of the same document."""
    first = issued_before(session, draft)
    if first is not None:
        raise AlreadyIssued([_already(first)])


def _already(first: Document) -> str:
    source = source_of(first.kind, first.number, first.dated_on)
    when = f" lúc {office_time(first.issued_at):%H:%M ngày %d/%m/%Y}" if first.issued_at else ""
    return (
        f"{source} đã được phát hành{when} (văn bản số {first.id} trong hệ thống); không phát hành lần hai."
    )


def directives_of(document_id: int, found: Sequence[Assignment]) -> list[Directive]:
    """The rows of a document's directives, not yet in any session."""
    return [directive_row(document_id, ordinal, one) for ordinal, one in enumerate(found, start=1)]


def directive_row(document_id: int, ordinal: int, assignment: Assignment) -> Directive:
    """The row of a directive, not yet in the session; its deadline is still as read."""
    read, due = assignment.directive, assignment.directive.due
    return Directive(
        document_id=document_id,
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
        urgency=urgency_words(read.text),
        escalation=read.escalation,
        standing_rule=assignment.standing_rule,
        doubts=[doubt.message for doubt in read.doubts],
    )


def party_rows(directive: Directive, assignment: Assignment) -> list[PartyRow]:
    """The bodies that a directive names, as rows for a bulk insert."""
    read = assignment.directive
    roles = (
        (PartyRole.LEAD, read.lead),
        (PartyRole.COOPERATE, read.cooperate),
        (PartyRole.REPORT_TO, read.report_to),
    )
    assert directive.id is not None
    return [
        {"directive_id": directive.id, "role": role, "position": n, "agency_id": body_id}
        for role, parties in roles
        for n, body_id in enumerate(dict.fromkeys(p.body_id for p in parties if p.body_id))
    ]
