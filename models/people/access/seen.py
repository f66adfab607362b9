"""Who may see which rows: for each noun one condition in SQL, and whether one row meets it.

The rules stand in ``docs/access.md``, "Who sees". ``None`` is no condition: who sees everything is told by
the very statement that was sent before anybody signed in. Lists, counts, searches and single rows ask by the
same condition. It is made of ids found by index, body by body (``tests/models/people/test_seen_plans.py``).
"""

from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database.predicates import among, exactly
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import Task, TaskCooperation, UrgingPaper
from models.trail.rows import TrailRow
from rules.people.viewer import Viewer
from rules.tasks.cooperation import OWING
from rules.tasks.status import OPEN
from rules.trail.words import OF_THE_WORK, TrailWhat
from rules.vocabulary import CLOSED, CooperationState, DocumentState, PartyRole, Rung

Condition = sa.ColumnElement[bool]
#: Papers that somebody outside the secretariat may see: out, or taken back after that.
OUT = (DocumentState.ISSUED, DocumentState.RECALLED)
#: Sets of bodies whose conditions are kept: every page asks, and building one costs as much as running it.
KEPT = 256


def tasks_seen(viewer: Viewer) -> Condition | None:
    """Tasks that the viewer's bodies lead, cooperate on, or are reported to about."""
    return None if viewer.sees_all else Task.id.in_(_tasks_of(viewer.bodies))


class Apart(NamedTuple):
    """What somebody sees, in parts that have no task in common.

    Each part has an index and its own order, so that a list takes the first rows of each, a count stops when
    it has enough, and nothing is sorted only to find what came twice.
    """

    open: Condition  # what the bodies lead
    closed: Condition
    shared: Condition  # what others lead, with a part of theirs
    reported: Condition  # and what else they are told about


def tasks_seen_apart(session: Session, viewer: Viewer) -> Apart:
    """``tasks_seen`` of one who does not see all."""
    return _apart(viewer.bodies, session.get_bind().dialect.name == "postgresql")


@lru_cache(maxsize=KEPT)
def _apart(of: frozenset[str], postgres: bool) -> Apart:
    bodies, party, part = sorted(of), aliased(DirectiveParty), aliased(TaskCooperation)
    *_, owing, done, _ = (query for query, _ in _by_body(bodies))
    shared = Task.id.in_(sa.union_all(owing, done))
    told = party.agency_id.in_(bodies), party.role == PartyRole.REPORT_TO
    led, others = Task.agency_id.in_(bodies), Task.agency_id.not_in(bodies)
    # SQLite has a list of the shared ones at hand. PostgreSQL would count such a ``NOT IN`` anew for each
    # directive, and read all tasks instead.
    theirs = sa.or_(
        sa.and_(part.agency_id.in_(bodies), among(part.state, OWING)),
        sa.and_(part.agency_id.in_(bodies), exactly(part.state, CooperationState.CONTRIBUTED)),
    )
    helps = sa.select(sa.literal(1)).where(part.task_id == Task.id, theirs).correlate(Task).exists()
    return Apart(
        open=sa.and_(led, among(Task.status, OPEN)),
        closed=sa.and_(led, among(Task.status, CLOSED)),
        shared=sa.and_(shared, others),
        reported=sa.and_(
            Task.directive_id.in_(sa.select(party.directive_id).where(*told)),
            others,
            sa.not_(helps if postgres else shared),
        ),
    )


def directives_seen(viewer: Viewer) -> Condition | None:
    """The sentences that such a task comes from, or that name one of the viewer's bodies."""
    return None if viewer.sees_all else _directives_of(viewer.bodies)


@lru_cache(maxsize=KEPT)
def _directives_of(bodies: frozenset[str]) -> Condition:
    task, party = aliased(Task), aliased(DirectiveParty)
    given = sa.select(task.directive_id).where(task.id.in_(_tasks_of(bodies)))
    named = sa.select(party.directive_id).where(party.agency_id.in_(sorted(bodies)))
    return Directive.id.in_(sa.union_all(given, named))


def documents_seen(viewer: Viewer) -> Condition | None:
    """Papers that are out and have such a sentence. One that is still worked on is the secretariat's."""
    if viewer.is_secretary:
        return None
    out = Document.state.in_(OUT)
    sentences = directives_seen(viewer)
    if sentences is None:
        return out
    return sa.and_(out, Document.id.in_(sa.select(Directive.document_id).where(sentences)))


def cases_seen(viewer: Viewer) -> Condition | None:
    """Cases of the lead body, of the body that declared them, and of the rungs that hold or held them."""
    return None if viewer.sees_all else _cases_of(viewer.bodies, viewer.rungs)


@lru_cache(maxsize=KEPT)
def _cases_of(of: frozenset[str], on: frozenset[Rung]) -> Condition:
    task, step, bodies = aliased(Task), aliased(EscalationStep), sorted(of)
    led = sa.select(sa.literal(1)).where(task.id == EscalationCase.task_id, task.agency_id.in_(bodies))
    found = [led.correlate(EscalationCase).exists(), EscalationCase.raised_by_id.in_(bodies)]
    if on:
        rungs = sorted(on)
        held = sa.select(sa.literal(1)).where(step.case_id == EscalationCase.id, step.rung.in_(rungs))
        found += [EscalationCase.rung.in_(rungs), held.correlate(EscalationCase).exists()]
    return sa.or_(*found)


def files_seen(viewer: Viewer) -> Condition | None:
    """Files of reports on a task that the viewer sees."""
    return None if viewer.sees_all else _files_of(viewer.bodies)


@lru_cache(maxsize=KEPT)
def _files_of(bodies: frozenset[str]) -> Condition:
    report = aliased(TaskReport)
    handed_in = sa.select(sa.literal(1)).where(
        report.id == EvidenceFile.report_id, report.task_id.in_(_tasks_of(bodies))
    )
    return handed_in.correlate(EvidenceFile).exists()


def papers_seen(viewer: Viewer) -> Condition | None:
    """Công văn đôn đốc to one of the viewer's bodies, once they are issued."""
    if viewer.sees_all:
        return None
    return sa.and_(UrgingPaper.agency_id.in_(_bodies(viewer)), UrgingPaper.issued_on.is_not(None))


def letters_seen(viewer: Viewer) -> Condition | None:
    """Letters, messages and addresses: those who keep the channels see all of them, others none."""
    return None if viewer.is_secretary or viewer.is_admin else sa.false()


def trail_seen(viewer: Viewer) -> Condition | None:
    """Rows of the trail: the secretariat reads all; the admin none of the work, nor what a pass did to it."""
    if viewer.is_secretary:
        return None
    if not viewer.is_admin:
        return sa.false()
    return sa.and_(TrailRow.noun.not_in(OF_THE_WORK), TrailRow.what != TrailWhat.SWEEP)


def may_see_task(session: Session, viewer: Viewer, task_id: int) -> bool:
    """Whether the task is one that this viewer sees; True, without a question, for who sees everything."""
    return task_id in tasks_seen_among(session, viewer, [task_id])


def may_see_document(session: Session, viewer: Viewer, document_id: int) -> bool:
    """The same for a document."""
    return _meets(session, Document.id, document_id, documents_seen(viewer))


def may_see_case(session: Session, viewer: Viewer, case_id: int) -> bool:
    """The same for a case beyond authority."""
    return _meets(session, EscalationCase.id, case_id, cases_seen(viewer))


def may_see_file(session: Session, viewer: Viewer, file_id: int) -> bool:
    """The same for a file of a report."""
    return _meets(session, EvidenceFile.id, file_id, files_seen(viewer))


def may_see_paper(session: Session, viewer: Viewer, paper_id: int) -> bool:
    """The same for a công văn đôn đốc."""
    return _meets(session, UrgingPaper.id, paper_id, papers_seen(viewer))


def may_see_letters(viewer: Viewer) -> bool:
    """Whether letters, messages and addresses are open to this viewer."""
    return letters_seen(viewer) is None


def tasks_seen_among(session: Session, viewer: Viewer, task_ids: Collection[int]) -> frozenset[int]:
    """Those of the tasks that may be linked to."""
    if viewer.sees_all or not task_ids:
        return frozenset(task_ids)
    given = {"ids": list(task_ids), "bodies": _bodies(viewer)}
    return frozenset(session.connection().scalars(_tasks_among(), given))


def papers_seen_among(session: Session, viewer: Viewer, paper_ids: Collection[int]) -> frozenset[int]:
    """The same of công văn."""
    return _among(session, UrgingPaper.id, paper_ids, papers_seen(viewer))


def narrowed(query: sa.Select[Any], condition: Condition | None) -> sa.Select[Any]:
    """``query`` for those rows only; the very same if there is no condition."""
    return query if condition is None else query.where(condition)


def _bodies(viewer: Viewer) -> list[str]:
    return sorted(viewer.bodies)


@lru_cache(maxsize=KEPT)
def _tasks_of(bodies: frozenset[str]) -> sa.CompoundSelect[Any]:
    """Ids of the tasks that are seen; one may come twice."""
    return sa.union_all(*(query for query, _ in _by_body(sorted(bodies))))


@cache
def _tasks_among() -> sa.CompoundSelect[Any]:
    """The same among the tasks ``:ids``: each is looked up by its key, however many others there are."""
    ids: Any = sa.bindparam("ids", expanding=True)
    bodies: Any = sa.bindparam("bodies", expanding=True)
    return sa.union_all(*(query.where(key.in_(ids)) for query, key in _by_body(bodies)))


def _by_body(bodies: Any) -> list[tuple[sa.Select[Any], Any]]:
    """Queries for ids of tasks, each by an index of its own, with the column that has the id.

    Partial indexes want their literal words, so what a body leads or has a part in is asked for in halves.
    """
    task, given = aliased(Task), aliased(Task)
    part, party = aliased(TaskCooperation), aliased(DirectiveParty)
    # ``reported`` joins: PostgreSQL reads the whole table for ``directive_id IN (...)``.
    led = sa.select(task.id).where(task.agency_id.in_(bodies))
    shared = sa.select(part.task_id).where(part.agency_id.in_(bodies))
    reported = (
        sa.select(given.id)
        .join(party, party.directive_id == given.directive_id)
        .where(party.agency_id.in_(bodies), party.role == PartyRole.REPORT_TO)
    )
    return [
        (led.where(among(task.status, OPEN)), task.id),
        (led.where(among(task.status, CLOSED)), task.id),
        (shared.where(among(part.state, OWING)), part.task_id),
        (shared.where(exactly(part.state, CooperationState.CONTRIBUTED)), part.task_id),
        (reported, given.id),
    ]


def _among(
    session: Session, column: Any, keys: Collection[int], condition: Condition | None
) -> frozenset[int]:
    if condition is None or not keys:
        return frozenset(keys)
    return frozenset(session.scalars(sa.select(column).where(column.in_(keys), condition)))


def _meets(session: Session, column: Any, key: int, condition: Condition | None) -> bool:
    if condition is None:
        return True
    return session.scalar(sa.select(sa.literal(1)).where(column == key, condition)) is not None
