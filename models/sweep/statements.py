"""What the sweep's statements share: values bound by type, and what two databases say differently."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from string import Formatter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Session

from models.outbox import OutboxLetter
from models.swap import touched

_KINDS: dict[type, Any] = {
    datetime: OutboxLetter.__table__.c.written_at.type,  # type: ignore[attr-defined]
    date: sa.Date(),
    int: sa.Integer(),
    str: sa.String(),
    list: postgresql.ARRAY(sa.BigInteger()),  # ids, on PostgreSQL only
}
_NAMES = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the sweep: its instant, the office's day, and when its letters may leave."""

    now: datetime
    today: date
    morning: datetime

    @property
    def values(self) -> dict[str, Any]:
        """What nearly every statement binds."""
        return {
            "now": self.now,
            "today": self.today,
            "morning": self.morning,
            "today_text": self.today.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Dialect:
    """SQLite keeps a day as ISO text, PostgreSQL as a date."""

    postgres: bool

    def task(self, index: str) -> str:
        """The tasks as ``t``, found by ``index``.

        SQLite's planner knows averages only, and prefers now this index, now that: the choice is ours.
        PostgreSQL knows how many rows there are on either side of a day.
        """
        return "task t" if self.postgres else f"task t INDEXED BY {index}"

    def iso(self, day: str) -> str:
        """The column ``day`` as ISO text."""
        return f"to_char({day}, 'YYYY-MM-DD')" if self.postgres else day

    def shown(self, day: str) -> str:
        """The column ``day`` as people write it: 31/08/2022."""
        return f"to_char({day}, 'DD/MM/YYYY')" if self.postgres else f"strftime('%d/%m/%Y', {day})"

    def days_since(self, day: str) -> str:
        """Calendar days from ``day`` to today."""
        if self.postgres:
            return f"(CAST(:today AS date) - {day})"
        return f"CAST(julianday(:today) - julianday({day}) AS integer)"

    def day(self, name: str) -> str:
        """The bound day ``name`` where nothing else tells its type."""
        return f"CAST(:{name} AS {'date' if self.postgres else 'text'})"

    def json(self, **values: str) -> str:
        """A JSON object of SQL expressions."""
        pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
        return f"json_build_object({pairs})" if self.postgres else f"json_object({pairs})"


def dialect_of(session: Session) -> Dialect:
    """The dialect of the session's database."""
    return Dialect(session.get_bind().dialect.name == "postgresql")


def run(session: Session, sql: str, values: dict[str, Any]) -> int:
    """Execute ``sql`` with those of ``values`` that it names; returns the number of rows it touched."""
    return touched(session.connection(), *_bound(sql, values))


def rows_of(session: Session, sql: str, values: dict[str, Any]) -> Sequence[Any]:
    """The rows that ``sql`` gives."""
    return list(session.connection().execute(*_bound(sql, values)).all())


def _bound(sql: str, values: dict[str, Any]) -> tuple[sa.TextClause, dict[str, Any]]:
    named = {name: values[name] for name in _names(sql)}
    types = tuple((name, type(value)) for name, value in named.items())
    return _statement(sql, types), named


@cache
def _names(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAMES.findall(sql)))


@cache
def _statement(sql: str, types: tuple[tuple[str, type], ...]) -> sa.TextClause:
    return sa.text(sql).bindparams(*(sa.bindparam(name, type_=_KINDS[kind]) for name, kind in types))


def concatenated(template: str, **parts: str) -> str:
    """A sentence of ``rules/wording.py`` as an SQL expression: each field is one of ``parts``."""
    pieces = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            pieces.append("'" + text.replace("'", "''") + "'")
        if name:
            pieces.append(parts[name])
    return " || ".join(pieces)


def letters(source: str, **columns: str) -> str:
    """Insert one letter for each row of ``source`` (FROM ... WHERE ...); a known key is left alone.

    ``columns`` are SQL expressions; ``urgent`` lets a letter leave at once instead of in the morning.
    """
    urgent = columns.get("urgent", "false")
    wanted = {
        "scheduled_on": ":today",
        "not_before": ":morning" if urgent == "false" else f"CASE WHEN {urgent} THEN :now ELSE :morning END",
        "urgent": urgent,
        "data": "'{}'",
        "state": "'pending'",
        "state_note": "''",
        "written_at": ":now",
        **columns,
    }
    return (
        f"INSERT INTO outbox_letter ({', '.join(wanted)}) SELECT {', '.join(wanted.values())}"
        f" {source} ON CONFLICT (key) DO NOTHING"
    )


def highest_id(session: Session, table: str) -> int:
    """The highest id of ``table`` so far: what is written from now on lies above it."""
    [[last]] = rows_of(session, f"SELECT coalesce(max(id), 0) FROM {table}", {})
    return int(last)
