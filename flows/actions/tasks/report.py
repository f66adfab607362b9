"""Reports of the lead agency: progress, and the result that waits for its confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import ask_to_confirm
from flows.actions.tasks.evidence.files import Arrived, NewFile, arriving, keep
from models.db import unit_of_work
from models.tables.reports import TaskReport
from models.tables.tasks import Task, TaskChanges
from rules.refusal import NotAllowed
from rules.tasks.remarks import remark
from rules.text.figures import Figure, stored
from rules.vocabulary import EventKind, TaskStatus


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported: words, how far (0-100), figures by name, files that show it."""

    text: str
    percent: int | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    files: Sequence[NewFile] = ()


def report(engine: Engine, task_id: int, content: Report, act: Act, folder: Path | None = None) -> TaskStatus:
    """Record a report of progress; ``folder`` None is the installation's evidence folder.

    Raises Refusal (NotAllowed, EvidenceError, UnreadableFigure, NotFound); then nothing has changed.
    """
    return _reported(engine, task_id, EventKind.PROGRESS, content, act, folder)


def submit(engine: Engine, task_id: int, content: Report, act: Act, folder: Path | None = None) -> TaskStatus:
    """Hand in the result; the secretariat is asked to confirm it. Raises as ``report`` does.

    The day of submission is the one that counts, provided that the result is later confirmed
    (design of follow-up, "Two axes").
    """
    return _reported(engine, task_id, EventKind.SUBMITTED, content, act, folder)


def _reported(
    engine: Engine,
    task_id: int,
    event: EventKind,
    content: Report,
    act: Act,
    folder: Path | None,
) -> TaskStatus:
    text = checked(event, content)
    changes: TaskChanges = {"last_report_on": act.today}
    if content.percent is not None:
        changes["percent"] = content.percent
    if event is EventKind.SUBMITTED:
        changes["submitted_on"] = act.today
    with arriving(content.files, folder) as files, unit_of_work(engine) as session:
        task = find_task(session, task_id)
        status = perform(session, task, act, Happening(event, text, changes=changes))
        write_report(session, task, act.of(task.agency_id), replace(content, text=text), files)
        if event is EventKind.SUBMITTED:
            ask_to_confirm(session, task, act)
    return status


def checked(event: EventKind, content: Report) -> str:
    """The text as it is kept, once all of the report may stand. Raises Refusal."""
    if content.percent is not None and not 0 <= content.percent <= 100:
        raise NotAllowed(f"Tỷ lệ hoàn thành là số từ 0 đến 100, không phải {content.percent}.")
    stored(content.figures)
    return remark(event, content.text)


def write_report(session: Session, task: Task, act: Act, content: Report, files: Sequence[Arrived]) -> None:
    """The report of ``act.body`` beside the event that was just written, with its files."""
    assert task.id is not None
    assert act.body is not None
    row = TaskReport(
        task_id=task.id,
        agency_id=act.body,
        event_seq=task.version,
        reported_on=act.today,
        percent=content.percent,
        text=content.text,
        figures=stored(content.figures),
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    keep(session, row.id, files)
