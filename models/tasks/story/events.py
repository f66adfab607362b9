"""What happened to a task, event by event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.people.persons_named import DoneBy, done_by, with_doer
from models.tables.agencies import Agency
from models.tables.tasks import TaskEvent
from rules.tasks.event_data import PaperIssuedData, UrgedData
from rules.vocabulary import Actor, EventKind


@dataclass(frozen=True, slots=True)
class Happened:
    """One event; ``agency`` is the body that did it, None where the history names none.

    ``urging`` is the number of the urging that an event tells of, ``paper_id`` the công văn that it tells
    was issued; both are None for every other event.
    """

    happened_at: datetime
    kind: EventKind
    actor: Actor
    agency: str | None
    note: str
    urging: int | None
    paper_id: int | None
    done: DoneBy


def events_of(session: Session, task_id: int, leave_out: Collection[EventKind] = ()) -> list[Happened]:
    """The events of the task, latest first, without those of the kinds to ``leave_out``."""
    query = (
        with_doer(sa.select(TaskEvent, Agency.name), TaskEvent)
        .outerjoin(Agency, Agency.id == TaskEvent.actor_agency_id)
        .where(TaskEvent.task_id == task_id, TaskEvent.kind.not_in(leave_out))
        .order_by(TaskEvent.seq.desc())
    )
    rows = session.execute(query)
    return [_happened(event, name, done_by(*done)) for event, name, *done in rows]


def _happened(event: TaskEvent, agency: str | None, done: DoneBy) -> Happened:
    urged = UrgedData.seen(event.data) if event.kind is EventKind.URGED else None
    issued = PaperIssuedData.seen(event.data) if event.kind is EventKind.PAPER_ISSUED else None
    number, paper = urged.number if urged else None, issued.paper if issued else None
    return Happened(event.happened_at, event.kind, event.actor, agency, event.note, number, paper, done)
