"""A directive that was forgotten is added to an issued document: planned and announced as at the issue.

Source: issue 10, line 9. It gets the next number after those of the document, because letters and papers
have quoted the others already. The report on reading counts it as a directive that was read past.
"""

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.documents.intake import stored_draft
from flows.actions.documents.issue import directive_row, party_rows
from flows.actions.documents.issued_document import Paper, move_issued
from flows.actions.documents.new_tasks import OpenedTask, announce, insert_tasks, plan_tasks
from flows.actions.documents.publishable import Assignment, PublishError, assignments
from flows.actions.people.given_work import check_given_work
from flows.actions.reading.correction_log import log_added
from flows.actions.reading.draft_file import draft_to_json
from models.database.bulk import insert_rows
from models.db import one_at_a_time, unit_of_work
from models.facts import code_of
from models.people.register import load_registry
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.tasks import Task
from rules.documents.coverage import recounted
from rules.draft import Draft, DraftDirective
from rules.people.registry import Registry
from rules.refusal import NotAllowed
from rules.tasks.remarks import remark
from rules.vocabulary import DocumentMove


def supplement(
    engine: Engine,
    seen: Paper,
    directive: DraftDirective,
    reason: str,
    act: Act,
) -> tuple[str, ...]:
    """Add ``directive`` to an issued document, with the reason; returns the codes of its tasks.

    A span without length means that the words do not stand in the document's text. Raises NotAllowed,
    NotFound, Overtaken when the document is no longer as seen, NoCalendar; then nothing has changed.
    """
    said = remark(DocumentMove.SUPPLEMENTED, reason)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "issue")
        draft, registry = stored_draft(session, seen.document_id)[1], load_registry(session)
        assignment = _assignment(draft, directive, registry)
        longer = _with(draft, directive)
        document = move_issued(
            session, seen, DocumentMove.SUPPLEMENTED, said, act, draft=draft_to_json(longer, registry)
        )
        ordinal = _next_ordinal(session, seen.document_id)
        _refuse_twice(session, document, directive, assignment.leads)
        row = directive_row(document.id or 0, ordinal, assignment)
        session.add(row)
        session.flush()
        insert_rows(session, DirectiveParty, party_rows(row, assignment))
        tasks = _open(session, row, assignment, draft.document.urgent, act)
        announce(session, tasks, document, act)
        log_added(session, document, ordinal, directive, act)
        return tuple(code_of(task.id) for task in tasks)


def _assignment(draft: Draft, directive: DraftDirective, registry: Registry) -> Assignment:
    """Who owes it, by the same checks as at the issue. Raises NotAllowed with every reason."""
    try:
        [found] = assignments(replace(draft, directives=(directive,)), registry)
    except PublishError as error:
        words = (problem.partition("): ")[2] or problem for problem in error.problems)
        raise NotAllowed("Chưa bổ sung được chỉ đạo: " + "; ".join(words)) from None
    return found


def _open(
    session: Session, row: Directive, assignment: Assignment, urgent: bool, act: Act
) -> list[OpenedTask]:
    """Its tasks. Everybody who gets one must be able to work today, also whoever sums up what they report."""
    plan = plan_tasks(session, row, assignment, act, urgent)
    sums_up = [plan.parent.row["agency_id"]] if plan.parent else []
    check_given_work(session, [*assignment.leads, *assignment.cooperators, *sums_up], act.today)
    return insert_tasks(session, [plan], act)


def _with(draft: Draft, directive: DraftDirective) -> Draft:
    """The draft as it stands now; words from elsewhere have no place in the account of its text."""
    if directive.span.start >= directive.span.end:
        return draft
    directives = (*draft.directives, directive)
    return replace(draft, directives=directives, statements=recounted(draft.statements, directives))


def _next_ordinal(session: Session, document_id: int) -> int:
    last = sa.select(sa.func.max(Directive.ordinal)).where(Directive.document_id == document_id)
    return 1 + (session.scalar(last) or 0)


def _refuse_twice(
    session: Session, document: Document, directive: DraftDirective, leads: Collection[str]
) -> None:
    """The same words for the same body are no forgotten directive; for a body that was read past they are."""
    words = directive.text.split()
    query = sa.select(Directive).where(Directive.document_id == document.id)
    for one in session.scalars(query.order_by(Directive.ordinal)):
        theirs = sa.exists().where(Task.directive_id == one.id, Task.agency_id.in_(list(leads)))
        if one.text.split() == words and (not leads or session.scalar(sa.select(theirs))):
            raise NotAllowed(f"Câu này đã là chỉ đạo số {one.ordinal}, giao cho cùng cơ quan chủ trì.")
