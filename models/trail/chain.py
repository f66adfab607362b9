"""The links of the chain: what a seal covers, where the chain ends, and which rows have none yet.

A seal is the SHA-256 of the digest before it, its own number and instant, the row and the digest of the
row's name. Which row comes next is said by the seals, not by the ids of the rows.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Session

from models.trail.rows import TrailName, TrailRow, TrailSeal

#: What the first seal has before it.
BEGINNING = "0" * 64
_ROWS: sa.Table = TrailRow.__table__  # type: ignore[attr-defined]
_NAMES: sa.Table = TrailName.__table__  # type: ignore[attr-defined]
_SEALS: sa.Table = TrailSeal.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many rows it has, and the digest that covers them all."""

    count: int = 0
    digest: str = BEGINNING
    sealed_at: datetime | None = None


def head(session: Session) -> Head:
    """Where the chain ends at present."""
    last = sa.select(_SEALS.c.seq, _SEALS.c.digest, _SEALS.c.sealed_at).order_by(_SEALS.c.seq.desc()).limit(1)
    found = session.execute(last).first()
    return Head(*found) if found else Head()


def unsealed(session: Session, above: int, most: int) -> Sequence[sa.RowMapping]:
    """The first ``most`` rows with ids over ``above`` that have no seal, each with ``name_digest``."""
    query = (
        sa.select(_ROWS, _NAMES.c.digest.label("name_digest"))
        .outerjoin(_NAMES, _NAMES.c.trail_id == _ROWS.c.id)
        .where(_ROWS.c.id > above, ~sa.exists().where(_SEALS.c.trail_id == _ROWS.c.id))
    )
    return session.execute(query.order_by(_ROWS.c.id).limit(most)).mappings().all()


def highest_sealed(session: Session) -> int:
    """The highest id of a row that has a seal."""
    return session.scalar(sa.select(sa.func.max(_SEALS.c.trail_id))) or 0


def append_seals(session: Session, rows: Iterable[sa.RowMapping], now: datetime) -> Head:
    """Add the links of ``rows`` behind the present end; only for who holds the lock of the chain."""
    end, links = head(session), []
    for row in rows:
        seq = end.count + 1
        end = Head(seq, digest_of(end.digest, seq, now, row), now)
        links.append({"seq": seq, "trail_id": row["id"], "digest": end.digest, "sealed_at": now})
    if links:
        session.connection().execute(sa.insert(TrailSeal), links)
    return end


def digest_of(before: str, seq: int, sealed_at: datetime, row: sa.RowMapping) -> str:
    """The digest of the link number ``seq``: of ``row`` with its ``name_digest``, behind ``before``."""
    said = {column.name: row[column.name] for column in _ROWS.columns}
    link = [before, seq, sealed_at, said, row["name_digest"]]
    text = json.dumps(link, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_told)
    return sha256(text.encode()).hexdigest()


def _told(value: object) -> str:
    """An instant, the same from both databases; what cannot be in a row of ours stands as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return repr(value)
