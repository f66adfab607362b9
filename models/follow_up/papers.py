"""Công văn đôn đốc: those that wait to be signed, those that are out, and the tasks each one names.

A paper names the tasks that its body owed, late, at the end of the day of issue (today, until then).
That day's standing is read from the history, so a paper of Friday recorded on Monday names what it
named on Friday; from then on the event of each task keeps what the paper said of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.columns import MOST_ID
from models.database.predicates import among, ended_by
from models.facts import facts, task_query
from models.follow_up.urging_reach import unheard
from models.people.access.seen import may_see_paper, narrowed, papers_seen
from models.tables.agencies import Agency
from models.tables.tasks import DeadlineChange, Task, TaskEvent, Urging, UrgingPaper
from rules.facts import TaskFacts
from rules.follow_up.urging_papers import why_left_out
from rules.people.viewer import ANYBODY, Viewer
from rules.refusal import NotFound
from rules.tasks.event_data import PaperIssuedData
from rules.vocabulary import AWAITED, EventKind


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What a paper is known by; number, signatory and day once it is issued."""

    id: int
    prepared_on: date
    number: str | None
    signed_by: str | None  # the office of the one who signs
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a list shows it; ``owed`` counts the tasks that are still awaited and late today."""

    paper: PaperHead
    agency_name: str
    tasks: int
    owed: int
    newer_on: date | None  # when the newest later paper to the same body was prepared


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """The papers that wait to be signed, that nobody needs any more, and that are out."""

    waiting: int
    needless: int
    issued: int


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A task in the annex, with its deadline and lateness on the day of the paper."""

    task: TaskFacts
    urging_number: int
    due_on: date
    days_late: int  # calendar days
    unreached: int = 0  # urgings before this one that came to nobody


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A task for which the paper was prepared and that it does not name."""

    task: TaskFacts
    reason: str


@dataclass(frozen=True, slots=True)
class Annex:
    """What a paper names on ``day``, and what it leaves out."""

    day: date
    rows: tuple[AnnexRow, ...]
    left_out: tuple[LeftOut, ...]


_HEAD = tuple(getattr(UrgingPaper, field.name) for field in fields(PaperHead))


def find_paper(session: Session, paper_id: int, viewer: Viewer = ANYBODY) -> UrgingPaper:
    """The paper, or NotFound in Vietnamese; the same for one that ``viewer`` may not see."""
    paper = session.get(UrgingPaper, paper_id) if 0 < paper_id <= MOST_ID else None
    if paper is None or not may_see_paper(session, viewer, paper_id):
        raise NotFound("Không có công văn đôn đốc này.")
    return paper


def waiting_papers(
    session: Session, today: date, most: int, offset: int = 0, owed: bool | None = None
) -> list[PaperRow]:
    """At most ``most`` papers that are not issued, the newest first.

    ``owed``: only those that still have a task to name, or only those that have none any more.
    """
    query = _listed(today).where(UrgingPaper.issued_on.is_(None))
    if owed is not None:
        still = _still_owed(today)
        query = query.where(still if owed else ~still)
    return _rows(session, query.order_by(UrgingPaper.prepared_on.desc(), UrgingPaper.id).offset(offset), most)


def issued_papers(
    session: Session, today: date, most: int, offset: int = 0, viewer: Viewer = ANYBODY
) -> list[PaperRow]:
    """The latest ``most`` papers seen that are out, after the first ``offset``."""
    query = narrowed(_listed(today).where(UrgingPaper.issued_on.is_not(None)), papers_seen(viewer))
    latest = (UrgingPaper.issued_on.desc(), UrgingPaper.id.desc())
    return _rows(session, query.order_by(*latest).offset(offset), most)


def count_waiting(session: Session, today: date) -> int:
    """How many papers wait to be signed and still have a task to name."""
    query = sa.select(sa.func.count()).select_from(UrgingPaper)
    return session.scalar(query.where(UrgingPaper.issued_on.is_(None), _still_owed(today))) or 0


def count_issued(session: Session, viewer: Viewer) -> int:
    """How many papers that are out are seen."""
    query = sa.select(sa.func.count()).select_from(UrgingPaper).where(UrgingPaper.issued_on.is_not(None))
    return session.scalar(narrowed(query, papers_seen(viewer))) or 0


def count_papers(session: Session, today: date) -> PaperCounts:
    """How many papers each list has."""
    unissued = sa.func.count().filter(UrgingPaper.issued_on.is_(None))
    every, open_ones = session.execute(sa.select(sa.func.count(), unissued).select_from(UrgingPaper)).one()
    waiting = count_waiting(session, today)
    return PaperCounts(waiting, open_ones - waiting, every - open_ones)


def newer_paper(session: Session, paper: UrgingPaper) -> PaperHead | None:
    """The newest later paper to the same body, issued or not."""
    query = (
        sa.select(*_HEAD)
        .where(UrgingPaper.agency_id == paper.agency_id, UrgingPaper.prepared_on > paper.prepared_on)
        .order_by(UrgingPaper.prepared_on.desc())
    )
    row = session.execute(query.limit(1)).first()
    return PaperHead(*row) if row else None


def annex_of(session: Session, paper: UrgingPaper, today: date) -> Annex:
    """The tasks that the paper names: as told when it was issued, as they stand until then."""
    day = paper.issued_on or today
    mine = sa.select(Urging.task_id).where(Urging.paper_id == paper.id)
    numbers = dict(session.execute(mine.add_columns(Urging.number)).tuples().all())
    told = _told(session, mine, paper) if paper.issued_on else {}
    untold = {key: number for key, number in numbers.items() if key not in told}
    rest = mine.where(one_of_ids(session, Urging.task_id, untold))
    event = (TaskEvent, TaskEvent.happened_on, TaskEvent.to_status)
    change = (DeadlineChange, DeadlineChange.changed_on, DeadlineChange.due_on)
    statuses, dues = (_last_of(session, rest, day, *columns) for columns in (event, change))
    unreached = _unreached_before(session, untold, today) | {key: one.unreached for key, one in told.items()}
    rows, left_out = [], []
    for task in facts(session, task_query().where(Task.id.in_(mine)).order_by(Task.id)):
        due_on = told[task.id].due_on if task.id in told else dues.get(task.id)
        status, ends_on = statuses.get(task.id, task.status), task.agency_ends_on
        reason = None if task.id in told else why_left_out(status, due_on, day, ends_on)
        if reason is None and due_on is not None:
            late = (day - due_on).days
            rows.append(AnnexRow(task, numbers[task.id], due_on, late, unreached.get(task.id, 0)))
        else:
            left_out.append(LeftOut(task, reason or ""))
    rows.sort(key=lambda row: (row.due_on, row.task.id))
    return Annex(day, tuple(rows), tuple(left_out))


def _listed(today: date) -> sa.Select[Any]:
    later = aliased(UrgingPaper)
    tasks = sa.select(sa.func.count()).select_from(Urging).where(Urging.paper_id == UrgingPaper.id)
    newer = sa.select(sa.func.max(later.prepared_on)).where(
        later.agency_id == UrgingPaper.agency_id, later.prepared_on > UrgingPaper.prepared_on
    )
    parts = (tasks.correlate(UrgingPaper), _owed(sa.func.count(), today), newer.correlate(UrgingPaper))
    counts = (part.scalar_subquery() for part in parts)
    return sa.select(*_HEAD, Agency.name, *counts).join(Agency, Agency.id == UrgingPaper.agency_id)


def _owed(what: Any, today: date) -> sa.Select[Any]:
    """``what`` of the tasks that a paper of the outer query would name today."""
    lead = aliased(Agency)
    return (
        sa.select(what)
        .select_from(Urging)
        .join(Task, Task.id == Urging.task_id)
        .join(lead, lead.id == Task.agency_id)
        .where(Urging.paper_id == UrgingPaper.id, among(Task.status, AWAITED), Task.due_on < today)
        .where(~ended_by(lead.valid_to, today))
        .correlate(UrgingPaper)
    )


def _still_owed(today: date) -> sa.ColumnElement[bool]:
    """Whether a paper still has a task to name."""
    return _owed(sa.literal(1), today).exists()


def _rows(session: Session, query: sa.Select[Any], most: int) -> list[PaperRow]:
    size = len(_HEAD)
    return [PaperRow(PaperHead(*row[:size]), *row[size:]) for row in session.execute(query.limit(most))]


def _last_of(
    session: Session, mine: sa.Select[Any], day: date, history: Any, on: Any, value: Any
) -> dict[int, Any]:
    """By task, ``value`` in the last row of its ``history`` up to the end of ``day``."""
    task_id, seq = history.task_id, history.seq
    last = (
        sa.select(task_id.label("task_id"), sa.func.max(seq).label("seq"))
        .where(task_id.in_(mine), on <= day)
        .group_by(task_id)
        .subquery()
    )
    query = sa.select(task_id, value).join(last, sa.and_(last.c.task_id == task_id, last.c.seq == seq))
    return dict(session.execute(query).tuples().all())


def _unreached_before(session: Session, numbers: Mapping[int, int], today: date) -> dict[int, int]:
    """By task, how many urgings before the one of the paper came to nobody; that one the paper carries."""
    found = unheard(session, numbers, today)
    return {key: sum(number < numbers[key] for number in mine.unreached) for key, mine in found.items()}


def _told(session: Session, mine: sa.Select[Any], paper: UrgingPaper) -> dict[int, PaperIssuedData]:
    """By task, what the issued paper said, from the event of its issue."""
    query = sa.select(TaskEvent.task_id, TaskEvent.data).where(
        TaskEvent.task_id.in_(mine), TaskEvent.kind == EventKind.PAPER_ISSUED
    )
    issued = ((task_id, PaperIssuedData.seen(data)) for task_id, data in session.execute(query))
    return {task_id: told for task_id, told in issued if told is not None and told.paper == paper.id}
