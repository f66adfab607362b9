"""The sections of the digest as SQL: which tasks, in which order, and how many of an agency.

The same words as ``rules/follow_up/digest.py``, told to the database. What somebody owes has no day of
submission (returning clears it), so a deadline is compared with the day of the digest itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among, ended_by
from models.follow_up.urging_reach import heard_facts
from models.tables.agencies import Agency
from models.tables.tasks import Task
from rules.deadlines.classes import line
from rules.follow_up.digest import GONE, DigestWindows, TaskSections, months_before
from rules.tasks.status import OPEN
from rules.vocabulary import CLOSED, OWED, TaskStatus

_SOME = 500  # rows that PostgreSQL hands over at a time
BY_AGE = frozenset({"no_deadline_old", "silent"})
AT_ENDED = "at_ended_bodies"


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One section: the statuses whose tasks stand in it, and what else must hold."""

    statuses: frozenset[TaskStatus]
    condition: Any

    @property
    def where(self) -> Any:
        """Both together."""
        return sa.and_(among(Task.status, self.statuses), self.condition)


def task_sections(as_of: date, previous: date | None, windows: DigestWindows) -> dict[str, SectionPart]:
    """Which tasks stand in each section of the digest of ``as_of``."""

    def days(count: int) -> date:
        return as_of + timedelta(days=count)

    ended = sa.select(Agency.id).where(ended_by(Agency.valid_to, as_of))
    old = months_before(as_of, windows.no_deadline_months)
    since = Task.confirmed_on > previous if previous else Task.confirmed_on.is_not(None)
    owed = {
        "overdue_1_30": Task.due_on.between(days(-30), days(-1)),
        "overdue_31_90": Task.due_on.between(days(-90), days(-31)),
        "overdue_over_90": Task.due_on < days(-90),
        "urged_often": Task.urged >= windows.urged_often_from,
        "due_7": Task.due_on.between(as_of, days(7)),
        "due_14": Task.due_on.between(days(8), days(14)),
        "no_deadline_old": sa.and_(Task.due_on.is_(None), Task.assigned_on < old),
        "silent": days(-windows.silent_days) > _REPORTED,
    }
    return {
        **{name: SectionPart(OWED, condition) for name, condition in owed.items()},
        AT_ENDED: SectionPart(OPEN, Task.agency_id.in_(ended)),
        "waiting_confirmation": SectionPart(frozenset({TaskStatus.SUBMITTED}), sa.true()),
        "done_since": SectionPart(
            frozenset({TaskStatus.CONFIRMED}), sa.and_(since, Task.confirmed_on <= as_of)
        ),
    }


_REPORTED = sa.func.coalesce(Task.last_report_on, Task.assigned_on)


def rows_of(
    session: Session, as_of: date, parts: Mapping[str, SectionPart], most: int | None
) -> TaskSections:
    """The first ``most`` rows of each section, in its order; all of them without a limit."""
    by_due = (Task.due_on.is_(None), Task.due_on, Task.id)
    wanted: dict[str, list[int]] = {}
    for name, part in parts.items():
        # Ids alone first: sorting joined rows costs the database twice the time.
        order = (Task.assigned_on, Task.id) if name in BY_AGE else by_due
        query = sa.select(Task.id).where(Task.assigned_on <= as_of, part.where).order_by(*order).limit(most)
        wanted[name] = list(session.scalars(query))
    known = heard_facts(session, dict.fromkeys(chain.from_iterable(wanted.values())), as_of)
    found = {name: tuple(line(known[key], as_of) for key in ids) for name, ids in wanted.items()}
    return cast(TaskSections, found)


def figures(
    session: Session, as_of: date, silent_days: int, sections: Mapping[str, SectionPart]
) -> Iterator[tuple[str, Counter[str]]]:
    """The figures of each agency, one after another by name: how many tasks in each section, and in all.

    One scan, grouped by agency and status: so no status is asked of a row for each section again. A
    province's twenty thousand bodies are never in memory together.
    """
    conditions = {
        **{name: part.condition for name, part in sections.items() if name != AT_ENDED},
        "late": sa.func.coalesce(Task.submitted_on, as_of) > Task.due_on,
        "fresh": as_of - timedelta(days=silent_days) <= _REPORTED,
    }
    counts = [sa.func.count().filter(condition).label(name) for name, condition in conditions.items()]
    inner = (
        sa.select(Task.agency_id, Task.status, sa.func.count().label("total"), *counts)
        .where(Task.assigned_on <= as_of)
        .group_by(Task.agency_id, Task.status)
        .subquery()
    )
    # The same for all tasks of a body, so it is not asked of each of them.
    at_ended = sa.case((ended_by(Agency.valid_to, as_of), inner.c.total), else_=0).label(AT_ENDED)
    named = sa.select(Agency.name.label("agency_name"), inner, at_ended)
    query = named.join(inner, inner.c.agency_id == Agency.id)
    streamed = query.order_by(Agency.name).execution_options(yield_per=_SOME)
    rows = session.connection().execute(streamed).mappings()
    for name, mine in groupby(rows, key=itemgetter("agency_name")):
        found = Counter[str]()
        for row in mine:
            found.update(_counted(row, sections))
        yield name, found


def _counted(row: Mapping[Any, Any], sections: Mapping[str, SectionPart]) -> dict[str, int]:
    """What the tasks of one agency and status count for."""
    status, total = row["status"], row["total"]
    done, still_open = status is TaskStatus.CONFIRMED, status not in CLOSED
    return {
        **{name: row[name] for name, part in sections.items() if status in part.statuses},
        "total": total,
        "counted": 0 if status in GONE else total,
        "done": total * done,
        "done_late": row["late"] * done,
        "still_open": total * still_open,
        "fresh": row["fresh"] * still_open,
    }
