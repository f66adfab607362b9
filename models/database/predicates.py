"""Literal predicates that an index and the queries it serves must share to the letter.

SQLite uses a partial index only for a query whose WHERE repeats the index's own terms with literal
values; a bound parameter, or another order of the words, scans the table.
``tests/models/database/test_indexes.py`` asks both databases for their plans.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

import sqlalchemy as sa

from rules.deadlines.recounts import Recount
from rules.draft import DueKind
from rules.letter_words import TO_GO, LetterState, MessageState
from rules.outbox.kinds import TELLING
from rules.outbox.payloads.keys import LetterKind
from rules.tasks.cooperation import OWING
from rules.tasks.status import OPEN
from rules.vocabulary import AWAITED, CLOSED, CooperationState, ExtensionState, TaskStatus


def one_of(column: str, words: Iterable[StrEnum]) -> str:
    """``status IN ('accepted', 'assigned')``, words in the order of the alphabet."""
    quoted = ", ".join(f"'{word.value}'" for word in sorted(words))
    return f"{column} IN ({quoted})"


def standing_sql(alias: str) -> str:
    """The task's body has not ended by ``:today``, for the table named ``alias`` in hand-written SQL.

    ``rules.people.bodies.ended_by`` for sets: the ended bodies are few, and are looked up once a statement.
    """
    return f"{alias}.agency_id NOT IN (SELECT id FROM agency WHERE {ended_sql()})"


def ended_sql(alias: str = "") -> str:
    """``rules.people.bodies.ended_by`` of ``:today`` for rows of ``agency`` in hand-written SQL."""
    dot = f"{alias}." if alias else ""
    return f"{dot}{ENDS_SQL} AND {dot}valid_to <= :today"


def ended_by(valid_to: Any, day: date) -> sa.ColumnElement[bool]:
    """The same for a query in SQLAlchemy: ``ended_by(Agency.valid_to, day)``."""
    return sa.and_(valid_to.is_not(None), valid_to <= day)


def awaited_sql(alias: str = "") -> str:
    """Somebody still owes work, for the table named ``alias`` in hand-written SQL."""
    return one_of(f"{alias}.status" if alias else "status", AWAITED)


def open_sql(alias: str = "") -> str:
    """Neither confirmed nor withdrawn nor handed over."""
    return one_of(f"{alias}.status" if alias else "status", OPEN)


def telling_sql(alias: str = "") -> str:
    """A letter that will tell a lead of a deadline and has not been looked at yet."""
    dot = f"{alias}." if alias else ""
    return f"{dot}state = '{LetterState.PENDING.value}' AND {one_of(f'{dot}kind', TELLING)}"


#: Predicates of indexes, as their tables' DDL has them.
AWAITED_SQL = awaited_sql()
OPEN_SQL = open_sql()
CLOSED_SQL = one_of("status", CLOSED)
DATED_SQL = f"{AWAITED_SQL} AND due_on IS NOT NULL"
URGE_FIRST_SQL = f"{AWAITED_SQL} AND last_urged_on IS NULL"
URGE_AGAIN_SQL = f"{AWAITED_SQL} AND last_urged_on IS NOT NULL"
REVIEW_SQL = f"{AWAITED_SQL} AND due_on IS NULL"
SUBMITTED_SQL = f"status = '{TaskStatus.SUBMITTED.value}'"
UNANSWERED_SQL = one_of("state", (ExtensionState.OPEN, ExtensionState.COUNTERED))
WAITING_SQL = one_of("state", (LetterState.PENDING, LetterState.NO_CONTACT))
TO_GO_SQL = one_of("state", TO_GO)
SENDING_SQL = f"state = '{MessageState.SENDING.value}'"
UNSETTLED_SQL = f"state = '{MessageState.UNKNOWN.value}'"
TELLING_SQL = telling_sql()
REMINDER_SQL = f"kind = '{LetterKind.REMINDER.value}'"
ENDS_SQL = "valid_to IS NOT NULL"
OWING_SQL = one_of("state", OWING)
CONTRIBUTED_SQL = f"state = '{CooperationState.CONTRIBUTED.value}'"
MARKED_SQL = "due_years <> ''"
ASKED_SQL = f"outcome = '{Recount.ASKED.value}'"
RECURRING_SQL = f"due_kind = '{DueKind.RECURRING.value}'"


def among(column: Any, words: Iterable[StrEnum]) -> sa.ColumnElement[bool]:
    """The same for a query in SQLAlchemy: ``among(Task.status, AWAITED)`` binds nothing."""
    chosen: sa.ColumnElement[bool] = column.in_(
        [sa.literal_column(f"'{word.value}'") for word in sorted(words)]
    )
    return chosen


def exactly(column: Any, word: StrEnum) -> sa.ColumnElement[bool]:
    """The same for a predicate of one word: ``exactly(OutboxMessage.state, MessageState.UNKNOWN)``."""
    chosen: sa.ColumnElement[bool] = column == sa.literal_column(f"'{word.value}'")
    return chosen


class Partial(TypedDict):
    """The keywords of an ``sa.Index`` over some of the rows."""

    sqlite_where: sa.TextClause
    postgresql_where: sa.TextClause


def where(predicate: str) -> Partial:
    """The keywords that make an ``sa.Index`` partial on both databases."""
    return {"sqlite_where": sa.text(predicate), "postgresql_where": sa.text(predicate)}
