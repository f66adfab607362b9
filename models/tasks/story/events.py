"""What happened to a task, event by event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.parameters import TASK
from models.people.persons_named import DoneBy, done_by, with_doer
from models.tables.agencies import Agency
from models.tables.people import Person
from models.tables.tasks import TaskEvent
from rules.tasks.event_data import OfficerNamedData, PaperIssuedData, UrgedData
from rules.vocabulary import Actor, EventKind


@dataclass(frozen=True, slots=True)
class HandedOn:
    """``body`` handed the task to ``officer``, or took it back (None) from ``before``, by name."""

    body: str
    officer: str | None
    before: str | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event; ``agency`` is the body that did it, None where the history names none.

    ``urging`` is the number of the urging that an event tells of, ``paper_id`` the công văn that it tells
    was issued, ``handed`` who works on it within the body now; all are None for every other event.
    """

    happened_at: datetime
    kind: EventKind
    actor: Actor
    agency: str | None
    note: str
    urging: int | None
    paper_id: int | None
    done: DoneBy
    handed: "HandedOn | None" = None


def events_of(session: Session, task_id: int, leave_out: Collection[EventKind] = ()) -> list[Happened]:
    """The events of the task, latest first, without those of the kinds to ``leave_out``."""
    rows = session.execute(_events(), {"task": task_id, "without": list(leave_out)})
    found = [(event, name, done_by(*done)) for event, name, *done in rows]
    names = _names(session, [event for event, *_ in found if event.kind is EventKind.OFFICER_NAMED])
    return [_happened(event, name, done, names) for event, name, done in found]


@cache
def _events() -> sa.Select[Any]:
    without: Any = sa.bindparam("without", expanding=True)
    return (
        with_doer(sa.select(TaskEvent, Agency.name), TaskEvent)
        .outerjoin(Agency, Agency.id == TaskEvent.actor_agency_id)
        .where(TaskEvent.task_id == TASK, TaskEvent.kind.not_in(without))
        .order_by(TaskEvent.seq.desc())
    )


def _names(session: Session, events: Sequence[TaskEvent]) -> dict[int, str]:
    """The names of the persons of whom these events tell."""
    told = [OfficerNamedData.seen(event.data) for event in events]
    ids = {one for data in told if data for one in (data.person, data.before) if one is not None}
    if not ids:
        return {}
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _happened(event: TaskEvent, agency: str | None, done: DoneBy, names: Mapping[int, str]) -> Happened:
    urged = UrgedData.seen(event.data) if event.kind is EventKind.URGED else None
    issued = PaperIssuedData.seen(event.data) if event.kind is EventKind.PAPER_ISSUED else None
    number, paper = urged.number if urged else None, issued.paper if issued else None
    handed = _handed(event, names) if event.kind is EventKind.OFFICER_NAMED else None
    what = event.happened_at, event.kind, event.actor, agency, event.note
    return Happened(*what, number, paper, done, handed)


def _handed(event: TaskEvent, names: Mapping[int, str]) -> HandedOn | None:
    data = OfficerNamedData.seen(event.data)
    if data is None:
        return None
    return HandedOn(data.agency, names.get(data.person or 0), names.get(data.before or 0), data.due_on)
