"""What belongs to one task beside its row: extensions, reports, urgings, partners, predecessors."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Agency
from models.extensions import ExtensionRequest
from models.granted_extensions import granted_extensions
from models.outbox import OutboxLetter
from models.reports import EvidenceFile, TaskReport
from models.task_facts import code_of
from models.tasks import DeadlineChange, Task, TaskCooperation, TaskEvent, Urging, UrgingPaper
from models.urging_reach import unheard
from rules.figures import restored, written
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.vocabulary import EventKind, ExtensionState
from rules.wording import unheard_words
from web.history import Sending, sendings_of, standing_of


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report with its figures in words and its files."""

    row: TaskReport
    agency: str
    figures: list[tuple[str, str]]
    files: list[EvidenceFile]


@dataclass(frozen=True, slots=True)
class UrgingShown:
    """One number of the series, how its letter went, and its paper if there is one."""

    row: Urging
    recipient: str
    letter: LetterState | MessageState | None
    sendings: list[Sending]
    paper: UrgingPaper | None
    reach: UrgingReach | None  # where it came to nobody, or nobody knows


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The task that went before this one, or that stands for it now."""

    code: str
    agency: str


@dataclass(frozen=True, slots=True)
class Matter:
    """All of it, latest first where there is an order."""

    requests: list[ExtensionRequest]
    waiting: ExtensionRequest | None  # the request that nobody has answered for good
    granted: int
    partners: list[tuple[TaskCooperation, str]]
    reports: list[ReportShown]
    urgings: list[UrgingShown]
    deadlines: list[DeadlineChange]
    successor: Neighbour | None
    predecessors: list[Neighbour]
    urged_before: int  # by urgings of the tasks that were handed over
    unheard_before: str  # what must be said of them in the same breath


def matter_of(session: Session, task: Task, reach: Mapping[int, UrgingReach], today: date) -> Matter:
    """What the page of ``task`` shows ``today``; ``reach`` has its urgings that came to nobody, by number."""
    assert task.id is not None
    requests = _of(session, ExtensionRequest, task.id)
    taken = _taken_over(session, task.id)
    earlier = [int(data["predecessor"]) for data in taken if "predecessor" in data]
    urged_before = sum(int(data.get("urged_before", 0)) for data in taken)
    return Matter(
        requests=requests,
        waiting=next((one for one in requests if one.state in _UNANSWERED), None),
        granted=granted_extensions(session, [task.id]).get(task.id, 0),
        partners=_partners(session, task.id),
        reports=_reports(session, task.id),
        urgings=_urgings(session, task.id, reach),
        deadlines=_of(session, DeadlineChange, task.id),
        successor=next(iter(_neighbours(session, [task.successor_id])), None),
        predecessors=_neighbours(session, earlier),
        urged_before=urged_before,
        unheard_before=_unheard_before(session, earlier, urged_before, today),
    )


_UNANSWERED = (ExtensionState.OPEN, ExtensionState.COUNTERED)


def _of(session: Session, table: Any, task_id: int) -> list[Any]:
    return list(session.scalars(sa.select(table).where(table.task_id == task_id).order_by(table.id.desc())))


def _partners(session: Session, task_id: int) -> list[tuple[TaskCooperation, str]]:
    query = (
        sa.select(TaskCooperation, Agency.name)
        .join(Agency, Agency.id == TaskCooperation.agency_id)
        .where(TaskCooperation.task_id == task_id)
    )
    return [(part, name) for part, name in session.execute(query.order_by(Agency.name))]


def _reports(session: Session, task_id: int) -> list[ReportShown]:
    query = (
        sa.select(TaskReport, Agency.name)
        .join(Agency, Agency.id == TaskReport.agency_id)
        .where(TaskReport.task_id == task_id)
    )
    rows = session.execute(query.order_by(TaskReport.id.desc())).all()
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    wanted = sa.select(EvidenceFile).where(EvidenceFile.report_id.in_([report.id for report, _ in rows]))
    for file in session.scalars(wanted.order_by(EvidenceFile.id)):
        files[file.report_id].append(file)
    return [
        ReportShown(
            report,
            name,
            [(label, written(figure)) for label, figure in restored(report.figures).items()],
            files[report.id],
        )
        for report, name in rows
    ]


def _urgings(session: Session, task_id: int, reach: Mapping[int, UrgingReach]) -> list[UrgingShown]:
    query = (
        sa.select(Urging, Agency.name, OutboxLetter.id, OutboxLetter.state, UrgingPaper)
        .join(Agency, Agency.id == Urging.recipient_id)
        .outerjoin(OutboxLetter, OutboxLetter.key == Urging.letter_key)
        .outerjoin(UrgingPaper, UrgingPaper.id == Urging.paper_id)
        .where(Urging.task_id == task_id)
    )
    rows = session.execute(query.order_by(Urging.number.desc())).all()
    sendings = sendings_of(session, [row[2] for row in rows if row[2] is not None])
    return [
        UrgingShown(
            urging,
            name,
            state and standing_of(state, sendings[letter_id]),
            sendings[letter_id],
            paper,
            reach.get(urging.number),
        )
        for urging, name, letter_id, state, paper in rows
    ]


def _unheard_before(session: Session, earlier: list[int], urged: int, today: date) -> str:
    found = unheard(session, earlier, today).values()
    return unheard_words(
        urged, sum(len(one.unreached) for one in found), sum(len(one.unsure) for one in found)
    )


def _taken_over(session: Session, task_id: int) -> list[dict[str, Any]]:
    query = sa.select(TaskEvent.data).where(
        TaskEvent.task_id == task_id, TaskEvent.kind == EventKind.TAKEN_OVER
    )
    return list(session.scalars(query))


def _neighbours(session: Session, ids: list[Any]) -> list[Neighbour]:
    query = sa.select(Task.id, Agency.name).join(Agency, Agency.id == Task.agency_id)
    rows = session.execute(query.where(Task.id.in_([key for key in ids if key is not None])))
    return [Neighbour(code_of(key), name) for key, name in rows]
