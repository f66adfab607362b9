"""The one door through which a message changes: its compare-and-swap, and the note of it among its events.

Statements are built once: for a message, building one costs more than running it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple, TypedDict

import sqlalchemy as sa
from sqlmodel import Session

from models.database.swap import touched
from models.tables.outbox import DeliveryEvent, OutboxMessage
from rules.letter_words import MessageState, OutcomeClass

_MESSAGE = OutboxMessage.__table__  # type: ignore[attr-defined]

_SOME = 500  # ids in one statement


class MessageStep(NamedTuple):
    """One compare-and-swap: the message under this claim goes from ``source`` to ``target``."""

    message_id: int
    claim: int
    source: MessageState
    target: MessageState


class Settled(TypedDict, total=False):
    """What became of a message, by column."""

    message_id: str
    outcome: OutcomeClass | None
    outcome_code: str
    outcome_text: str
    settled_at: datetime | None


class Sets(Settled, total=False):
    """What a step sets beside the state, by column; what is not named stays as it is."""

    subject: str
    next_at: datetime
    give_up_at: datetime
    attempts: int
    claim: int
    claimed_by: int | None
    provider_id: str


class _Event(TypedDict):
    """One more line of a message's history, as its statement takes it."""

    happened_at: datetime
    event_state: MessageState
    code: str
    text: str


def swap(
    session: Session,
    message_id: int,
    claim: int,
    source: MessageState,
    target: MessageState,
    values: Sets | Settled,
    *conditions: sa.ColumnElement[bool],
) -> bool:
    """The one compare-and-swap of a message; False if it is no longer ``source`` under this claim."""
    given = _given(MessageStep(message_id, claim, source, target), values)
    return touched(session.connection(), _swapping(tuple(values), conditions), given) == 1


def swap_and_note(
    session: Session,
    step: MessageStep,
    values: Sets,
    now: datetime,
    told: tuple[str, str] = ("", ""),
    *conditions: sa.ColumnElement[bool],
) -> bool:
    """``swap``, and if it was done the ``note`` of it with a code and a text; one statement on PostgreSQL."""
    if session.get_bind().dialect.name != "postgresql":
        if not swap(session, *step, values, *conditions):
            return False
        note(session, step.message_id, step.target, now, *told)
        return True
    given = {**_given(step, values), **_event(step.target, now, *told)}
    noted = session.connection().execute(_swapping_and_noting(tuple(values), conditions), given)
    return noted.first() is not None


def note(
    session: Session, message_id: int, state: MessageState, now: datetime, code: str = "", text: str = ""
) -> None:
    """Append what became of a message to its events."""
    told = {"message": message_id, **_event(state, now, code, text)}
    session.connection().execute(_next_event(), told)


def swap_all_and_note(
    session: Session,
    which: Sequence[sa.ColumnElement[bool]],
    target: MessageState,
    values: Sets,
    now: datetime,
    told: tuple[str, str],
) -> list[int]:
    """Move every message for which ``which`` holds (its state is among that), each with its note; their ids.

    The claims keep their numbers: a late settling of one of them changes nothing.
    """
    moving = sa.update(_MESSAGE).where(*which).values(state=target, **values).returning(_MESSAGE.c.id)
    ids = sorted(session.connection().execute(moving).scalars())
    event = _event(target, now, *told)
    for start in range(0, len(ids), _SOME):
        some = _MESSAGE.c.id.in_(ids[start : start + _SOME])
        session.connection().execute(_appending(_MESSAGE.c.id, some), event)
    return ids


def hasten(session: Session, at: datetime, *which: sa.ColumnElement[bool]) -> int:
    """Let messages that wait for a later instant go at ``at``; returns how many. No move, so no note."""
    later = sa.update(_MESSAGE).where(OutboxMessage.next_at > at, *which)
    return touched(session.connection(), later.values(next_at=at))


def _given(step: MessageStep, values: Sets | Settled) -> Mapping[str, object]:
    new = {f"new_{name}": value for name, value in values.items()}
    known = {"old_id": step.message_id, "old_claim": step.claim, "old_state": step.source}
    return {**new, **known, "new_state": step.target}


def _event(state: MessageState, now: datetime, code: str, text: str) -> _Event:
    return {"happened_at": now, "event_state": state, "code": code[:80], "text": text[:500]}


@lru_cache(maxsize=64)
def _swapping(names: tuple[str, ...], conditions: tuple[sa.ColumnElement[bool], ...]) -> sa.Update:
    """Sets the named columns and the state, where state and claim are still as they were."""
    columns = _MESSAGE.c
    known = [
        columns[name] == sa.bindparam(f"old_{name}", type_=columns[name].type)
        for name in ("id", "state", "claim")
    ]
    new = {name: sa.bindparam(f"new_{name}", type_=columns[name].type) for name in ("state", *names)}
    return sa.update(_MESSAGE).where(*known, *conditions).values(new)


@lru_cache(maxsize=64)
def _swapping_and_noting(
    names: tuple[str, ...], conditions: tuple[sa.ColumnElement[bool], ...]
) -> sa.Executable:
    """Gives a row if it was done."""
    swapped = _swapping(names, conditions).returning(_MESSAGE.c.id).cte("swapped")
    return _appending(swapped.c.id).returning(sa.literal_column("1"))


@cache
def _next_event() -> sa.Insert:
    """One more event of a message, in its sequence."""
    return _appending(sa.bindparam("message", type_=_MESSAGE.c.id.type))


def _appending(message: sa.ColumnElement[int], *which: sa.ColumnElement[bool]) -> sa.Insert:
    table = DeliveryEvent.__table__  # type: ignore[attr-defined]
    given = {name: sa.bindparam(name, type_=table.c[name].type) for name in ("happened_at", "code", "text")}
    state = sa.bindparam("event_state", type_=table.c.state.type)
    last = sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0)).where(table.c.message_id == message)
    columns = {"message_id": message, "seq": last.scalar_subquery() + 1, "state": state, **given}
    return sa.insert(table).from_select(list(columns), sa.select(*columns.values()).where(*which))
