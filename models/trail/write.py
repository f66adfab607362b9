"""One row of the trail, written in the transaction of what it tells; nobody else inserts into the tables.

Plain statements, not objects: what a caller has not flushed yet stays as it is.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Session

from config.act import Act, Doer
from models.trail.rows import TrailName, TrailRow
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way

_SALT = 16  # bytes


@dataclass(frozen=True, slots=True)
class Noted:
    """What a row tells: what was done, on what, and what else is known of it.

    ``noun`` and ``key`` say on what ("task", 12). ``data`` is small and names nobody. ``said`` is whatever
    tells of a person in words (a name, an address that was typed): it is kept apart and can be blacked out.
    """

    what: TrailWhat
    noun: str = ""
    key: str | int = ""
    said: str = ""
    data: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who it was, as a row holds it, and from where; the address may be all that is known."""

    actor: Actor | None = None
    way: Way | None = None
    body: str | None = None
    doer: Doer | None = None
    address: str = ""


def signer_of(act: Act) -> Signer:
    """Who does an act."""
    return Signer(act.actor, act.way, act.body, act.doer)


def write(session: Session, noted: Noted, now: datetime, signer: Signer) -> int:
    """Add a row in the caller's transaction; returns its id. What is too long for a column is cut."""
    doer = signer.doer
    row = {
        "happened_at": now,
        "what": noted.what,
        "actor": signer.actor,
        "way": signer.way,
        "body_id": signer.body,
        "person_id": doer.person if doer else None,
        "instead_of_id": doer.instead_of if doer else None,
        "seat_id": doer.seat if doer else None,
        "address": (signer.address or (doer.address if doer else ""))[:64],
        "noun": noted.noun,
        "noun_key": str(noted.key)[:64],
        "data": dict(noted.data),
    }
    statement = sa.insert(_ROWS).values(row).returning(_ROWS.c.id)
    key = int(session.connection().execute(statement).scalar_one())
    if noted.said:
        _write_name(session, key, noted.said)
    return key


def name_digest(said: str, salt: str) -> str:
    """What a seal covers of a name."""
    return sha256(f"{salt}\n{said}".encode()).hexdigest()


def _write_name(session: Session, key: int, said: str) -> None:
    salt = secrets.token_hex(_SALT)
    name = {"trail_id": key, "said": said, "salt": salt, "digest": name_digest(said, salt)}
    session.connection().execute(sa.insert(_NAMES).values(name))


_ROWS = TrailRow.__table__  # type: ignore[attr-defined]
_NAMES = TrailName.__table__  # type: ignore[attr-defined]
