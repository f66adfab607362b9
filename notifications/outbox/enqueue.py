"""Putting letters into the outbox: only inside the transaction of the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from sqlmodel import Session

from config.act import Act
from models.database.bulk import insert_new
from models.tables.outbox import OutboxLetter
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.payload import Payload


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to one body; ``not_before`` is an aware instant, ``scheduled_on`` the office's day.

    ``payload`` says of what kind it is, ``key`` is the kind's (``rules/outbox/payloads/keys.py``).
    """

    key: str
    payload: Payload
    agency_id: str
    scheduled_on: date
    not_before: datetime
    task_id: int | None = None
    case_id: int | None = None
    urgent: bool = False
    number: int | None = None  # the step of a reminder, the number of an urging
    due_on: date | None = None  # the deadline that it speaks of
    person_id: int | None = None  # to this one alone


def letter_by(
    act: Act,
    key: str,
    payload: Payload,
    agency_id: str,
    *,
    task_id: int | None = None,
    case_id: int | None = None,
) -> NewLetter:
    """A letter of the day of ``act``, for the next hour in which letters leave; nothing in it is urgent."""
    leaves = act.office.soonest(act.now)
    return NewLetter(key, payload, agency_id, act.today, leaves, task_id=task_id, case_id=case_id)


def enqueue(session: Session, letters: Sequence[NewLetter], now: datetime) -> set[str]:
    """Insert the letters whose keys are new; returns those keys. Safe to run twice."""
    return insert_new(session, OutboxLetter, [_row(letter, now) for letter in letters], "key")


class LetterRow(TypedDict):
    """The columns of a letter that is written now."""

    key: str
    kind: LetterKind
    agency_id: str
    task_id: int | None
    case_id: int | None
    person_id: int | None
    scheduled_on: date
    not_before: datetime
    urgent: bool
    number: int | None
    due_on: date | None
    data: Mapping[str, object]  # of the payload, whose row alone knows its type
    state: LetterState
    state_note: str
    written_at: datetime


def _row(letter: NewLetter, now: datetime) -> LetterRow:
    return {
        "key": letter.key,
        "kind": letter.payload.kind,
        "agency_id": letter.agency_id,
        "task_id": letter.task_id,
        "case_id": letter.case_id,
        "person_id": letter.person_id,
        "scheduled_on": letter.scheduled_on,
        "not_before": letter.not_before,
        "urgent": letter.urgent,
        "number": letter.number,
        "due_on": letter.due_on,
        "data": letter.payload.stored(),
        "state": LetterState.PENDING,
        "state_note": "",
        "written_at": now,
    }
