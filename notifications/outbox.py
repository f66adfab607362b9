"""Putting letters into the outbox: only inside the transaction of the decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from models.outbox import OutboxLetter
from rules.vocabulary import LetterKind, LetterState


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to one body; ``not_before`` is an aware instant, ``scheduled_on`` the office's day."""

    key: str
    kind: LetterKind
    agency_id: str
    scheduled_on: date
    not_before: datetime
    task_id: int | None = None
    case_id: int | None = None
    urgent: bool = False
    number: int | None = None  # the step of a reminder, the number of an urging
    due_on: date | None = None  # the deadline that it speaks of
    data: dict[str, Any] = field(default_factory=dict)


def enqueue(session: Session, letters: Sequence[NewLetter], now: datetime) -> set[str]:
    """Insert the letters whose keys are new; returns those keys. Safe to run twice."""
    if not letters:
        return set()
    rows = [_row(letter, now) for letter in letters]
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    # Ask first: on PostgreSQL every refused row of ON CONFLICT burns a sequence value.
    keys = [row["key"] for row in rows]
    known = set(session.scalars(sa.select(OutboxLetter.key).where(OutboxLetter.key.in_(keys))))
    fresh = [row for row in rows if row["key"] not in known]
    if not fresh:
        return set()
    statement = (
        insert(OutboxLetter).on_conflict_do_nothing(index_elements=["key"]).returning(OutboxLetter.key)
    )
    return set(session.scalars(statement, fresh))


def _row(letter: NewLetter, now: datetime) -> dict[str, Any]:
    return {
        "key": letter.key,
        "kind": letter.kind,
        "agency_id": letter.agency_id,
        "task_id": letter.task_id,
        "case_id": letter.case_id,
        "scheduled_on": letter.scheduled_on,
        "not_before": letter.not_before,
        "urgent": letter.urgent,
        "number": letter.number,
        "due_on": letter.due_on,
        "data": letter.data,
        "state": LetterState.PENDING,
        "state_note": "",
        "written_at": now,
    }
