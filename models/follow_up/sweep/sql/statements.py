"""How the sweep speaks to a database: finished statements, with values bound by their type."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Session

from config.act import Act
from models.database.swap import touched
from models.tables.outbox import OutboxLetter

#: What a statement may be given: an instant, a day, a number, a word, or ids (on PostgreSQL only).
Value: TypeAlias = datetime | date | int | str | list[int]
Values: TypeAlias = Mapping[str, Value]
#: The finished statements of a step in running order, by what each is there for.
Statements: TypeAlias = Mapping[str, str]

_KINDS: dict[type, sa.types.TypeEngine[Any]] = {
    datetime: OutboxLetter.__table__.c.written_at.type,  # type: ignore[attr-defined]
    date: sa.Date(),
    int: sa.Integer(),
    str: sa.String(),
    list: postgresql.ARRAY(sa.BigInteger()),  # ids, on PostgreSQL only
}
_NAMES = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the sweep: whose act it is, mostly the clock's, and when its letters may leave."""

    act: Act
    morning: datetime

    @property
    def now(self) -> datetime:
        """The instant of the pass."""
        return self.act.now

    @property
    def today(self) -> date:
        """The office's day."""
        return self.act.today

    @property
    def values(self) -> dict[str, Value]:
        """What nearly every statement binds."""
        return {
            "actor": self.act.actor.value,
            "now": self.now,
            "today": self.today,
            "morning": self.morning,
            "today_text": self.today.isoformat(),
        }


def run(session: Session, sql: str, values: Values) -> int:
    """Execute ``sql`` with those of ``values`` that it names; returns the number of rows it touched."""
    return touched(session.connection(), *_bound(sql, values))


def rows_of(session: Session, sql: str, values: Values) -> Sequence[sa.Row[Any]]:
    """The rows that ``sql`` gives."""
    return list(session.connection().execute(*_bound(sql, values)).all())


def _bound(sql: str, values: Values) -> tuple[sa.TextClause, dict[str, Value]]:
    named = {name: values[name] for name in _names(sql)}
    types = tuple((name, type(value)) for name, value in named.items())
    return _statement(sql, types), named


@cache
def _names(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAMES.findall(sql)))


@cache
def _statement(sql: str, types: tuple[tuple[str, type], ...]) -> sa.TextClause:
    return sa.text(sql).bindparams(*(sa.bindparam(name, type_=_KINDS[kind]) for name, kind in types))


def together(**moves: Statements) -> Statements:
    """The statements of several moves that a step makes one after the other."""
    return {f"{move}: {name}": sql for move, of in moves.items() for name, sql in of.items()}


def highest_id(session: Session, table: str) -> int:
    """The highest id of ``table`` so far: what is written from now on lies above it."""
    [[last]] = rows_of(session, f"SELECT coalesce(max(id), 0) FROM {table}", {})
    return int(last)
