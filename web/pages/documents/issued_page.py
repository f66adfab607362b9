"""The page of an issued document: its text, its directives, and the task of each body."""

from collections.abc import Mapping, Sequence
from itertools import chain

from sqlmodel import Session
from starlette.responses import HTMLResponse

from config.settings import get_settings
from flows.actions.documents.intake import stored_draft
from models.documents.given import Given, directives_given
from models.documents.moves import moves_of
from models.documents.parties import parties_of
from models.documents.tasks_made import tasks_made
from models.facts import facts_by_id, source_of
from models.people.successors import present_names
from models.tables.documents import Document
from models.tasks.corrected_tasks import corrected_among
from models.tasks.rollup import rollups
from rules.calendar.recurrence_words import CYCLES, in_words
from rules.deadlines.classes import line
from rules.draft import Span
from rules.facts import TaskLine
from rules.people.viewer import ANYBODY
from rules.vocabulary import DocumentMove, DocumentState, PartyRole
from web.kit.desk import Desk
from web.kit.marked_text import Paragraph, marked
from web.kit.words import DUE_LABELS
from web.pages.documents.notice import Notice

_MOST = 200  # rows of tasks on the page
#: Moves that every addressee has been told of; the others are the secretariat's own.
_TOLD_TO_ALL = frozenset({DocumentMove.ISSUED, DocumentMove.RECALLED})
_FEW = 3  # at least, of each directive


def show_out(
    desk: Desk, session: Session, document: Document, notice: Notice, typed: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The page of what is no draft any more: issued, taken back or put away."""
    if document.state is DocumentState.DISCARDED:
        return _show_discarded(desk, session, document, notice)
    return show_issued(desk, session, document, notice, typed)


def _show_discarded(desk: Desk, session: Session, document: Document, notice: Notice) -> HTMLResponse:
    """What was put away, and the button that brings it back."""
    _, draft = stored_draft(session, document.id or 0)
    return desk.show(
        "documents/discarded.html.j2",
        status=notice.status,
        problem=notice.message,
        document=document,
        source=source_of(document.kind, document.number, document.dated_on),
        directives=len(draft.directives),
        paragraphs=marked(document.text, [one.span for one in draft.directives], draft.statements),
        moves=moves_of(session, document.id or 0),
    )


def show_issued(
    desk: Desk, session: Session, document: Document, notice: Notice, typed: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The page; ``typed`` is what stands in the form for a forgotten directive when it was refused."""
    viewer, whole = desk.viewer, desk.viewer.sees_all or get_settings().documents_open
    directives = directives_given(session, document.id or 0, ANYBODY if whole else viewer)
    ids = [one.id for one in directives]
    owed = tasks_made(session, ids, viewer)
    tasks = _tasks(desk, session, owed)
    moves = moves_of(session, document.id or 0)
    bodies = {row.task.agency_id for rows in tasks.values() for row in rows}
    return desk.show(
        "documents/issued.html.j2",
        status=notice.status,
        notice=notice,
        document=document,
        source=source_of(document.kind, document.number, document.dated_on),
        directives=directives,
        parties=parties_of(session, ids),
        tasks=tasks,
        counts={key: len(mine) for key, mine in owed.items()},
        rollups=rollups(session, ids, desk.today, viewer),
        present_names=present_names(session, bodies, desk.today),
        roles=PartyRole,
        moves=[one for one in moves if viewer.sees_all or one.kind in _TOLD_TO_ALL],
        paragraphs=_text(document, directives) if whole else (),
        whole=whole,
        in_words=in_words,
        corrected=corrected_among(session, [row.task.id for rows in tasks.values() for row in rows]),
        stands=document.state is DocumentState.ISSUED,
        typed=typed or {},
        due_labels=DUE_LABELS,
        cycles=CYCLES,
    )


def _text(document: Document, directives: Sequence[Given]) -> list[Paragraph]:
    return marked(document.text, [Span(one.span_start, one.span_end) for one in directives])


def _tasks(desk: Desk, session: Session, owed: dict[int, list[int]]) -> dict[int, list[TaskLine]]:
    """The tasks of each directive as rows; of a document that has very many the first of each."""
    most = max(_FEW, _MOST // max(len(owed), 1)) if sum(map(len, owed.values())) > _MOST else None
    shown = {directive_id: keys[:most] for directive_id, keys in owed.items()}
    known = facts_by_id(session, chain.from_iterable(shown.values()))
    return {key: [line(known[one], desk.today) for one in mine] for key, mine in shown.items()}
