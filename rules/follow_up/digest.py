"""The leadership digest from facts and a date: decisions first, counts equal rows.

Source: design of follow-up, "The leadership digest". ``build_digest`` is the reference, from all
facts in memory; ``models/follow_up/digest_matter.py`` has the database count, and a property test holds the
two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from rules.deadlines.classes import class_of, line, overdue_bucket
from rules.facts import CaseFacts, Digest, ExtensionLine, LeagueRow, TaskFacts, TaskLine
from rules.people.bodies import ended_by
from rules.vocabulary import CLOSED, OWED, DeadlineClass, Rung, TaskStatus


@dataclass(frozen=True, slots=True)
class DigestWindows:
    """The digest's settings, in days, months and urgings."""

    silent_days: int
    no_deadline_months: int
    urged_often_from: int
    extended_often_from: int


@dataclass(frozen=True, slots=True)
class Granted:
    """The extensions of one task: how many were granted, and the request that waits, if one does."""

    task_id: int
    granted: int = 0
    asked_on: date | None = None
    wanted_on: date | None = None


class OwedSections(TypedDict):
    """The sections of a ``Digest`` about what somebody still owes."""

    overdue_1_30: tuple[TaskLine, ...]
    overdue_31_90: tuple[TaskLine, ...]
    overdue_over_90: tuple[TaskLine, ...]
    urged_often: tuple[TaskLine, ...]
    due_7: tuple[TaskLine, ...]
    due_14: tuple[TaskLine, ...]
    no_deadline_old: tuple[TaskLine, ...]
    silent: tuple[TaskLine, ...]


class TaskSections(OwedSections, total=False):
    """All sections of a ``Digest`` that hold tasks."""

    at_ended_bodies: tuple[TaskLine, ...]
    waiting_confirmation: tuple[TaskLine, ...]
    done_since: tuple[TaskLine, ...]


class ExtensionSections(TypedDict):
    """The sections of a ``Digest`` about later deadlines."""

    extensions: tuple[ExtensionLine, ...]
    extended_often: tuple[ExtensionLine, ...]


#: Every section of the digest, by its name in ``Digest``.
SECTIONS = (
    "decisions",
    "decisions_elsewhere",
    "at_ended_bodies",
    "overdue_1_30",
    "overdue_31_90",
    "overdue_over_90",
    "urged_often",
    "due_7",
    "due_14",
    "no_deadline_old",
    "silent",
    "waiting_confirmation",
    "extensions",
    "extended_often",
    "done_since",
    "league",
    "standing_rules",
)
#: No longer anybody's task: not counted in any rate.
GONE = frozenset({TaskStatus.WITHDRAWN, TaskStatus.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class DigestMatter:
    """All that a digest is made of."""

    committee: str
    tasks: Sequence[TaskFacts]
    cases: Sequence[CaseFacts]
    standing_rules: Sequence[str] = ()
    extensions: Sequence[Granted] = ()
    never_reminded: frozenset[int] = frozenset()  # ids; of the overdue ones they are counted


def build_digest(
    matter: DigestMatter,
    as_of: date,
    previous: date | None,
    windows: DigestWindows,
    reader: Rung | None = None,
) -> Digest:
    """The digest of ``as_of``; ``previous`` is the date of the one before it, if any.

    ``reader`` is the rung of whoever reads it: only what waits there is "decisions needed from
    you". Without one (the office's own page) all waiting cases are.
    """
    cases = sorted(matter.cases, key=lambda case: (case.answer_by, case.id))
    lines = [line(task, as_of) for task in matter.tasks]
    working = [row for row in lines if row.task.status not in CLOSED]
    counted = [row.task for row in lines if row.task.status not in GONE]
    fresh = sum(not is_silent(row.task, as_of, windows.silent_days) for row in working)
    return Digest(
        as_of=as_of,
        committee=matter.committee,
        decisions=tuple(case for case in cases if reader in (None, case.rung)),
        decisions_elsewhere=tuple(case for case in cases if reader not in (None, case.rung)),
        at_ended_bodies=_by_due(row for row in working if ended_by(row.task.agency_ends_on, as_of)),
        **_owed([row for row in working if row.task.status in OWED], as_of, windows),
        waiting_confirmation=_by_due(row for row in working if row.task.status is TaskStatus.SUBMITTED),
        **_extended(matter.extensions, working, windows),
        done_since=_by_due(row for row in lines if _done_since(row.task, previous, as_of)),
        league=league(matter.tasks, as_of, windows.silent_days),
        previous=previous,
        silent_days=windows.silent_days,
        total=len(lines),
        total_open=len(working),
        unreminded=sum(_newly_overdue(row.task, previous, as_of, matter) for row in working),
        standing_rules=tuple(matter.standing_rules),
        completed_rate=rate(sum(task.status is TaskStatus.CONFIRMED for task in counted), len(counted)),
        updated_rate=rate(fresh, len(working)),
    )


def capped(digest: Digest, rows: int) -> Digest:
    """The digest with at most ``rows`` rows a section, and the true number of each."""
    counts = {name: digest.count(name) for name in (*SECTIONS, "extended")}
    shown = {name: getattr(digest, name)[:rows] for name in SECTIONS}
    return replace(digest, **shown, counts=counts)


def rate(part: int, whole: int) -> float | None:
    """A percentage, or None where nothing counts yet."""
    return 100 * part / whole if whole else None


def _extended(
    found: Sequence[Granted], working: Sequence[TaskLine], windows: DigestWindows
) -> ExtensionSections:
    """Section 6: requests that wait, the oldest first, and what was extended often, most often first."""
    lines = {row.task.id: row for row in working}
    mine = [item for item in found if item.task_id in lines]
    waiting = sorted((x for x in mine if x.asked_on), key=lambda x: (x.asked_on or date.max, x.task_id))
    often = sorted(
        (x for x in mine if x.granted >= windows.extended_often_from), key=lambda x: (-x.granted, x.task_id)
    )

    def rows(items: list[Granted]) -> tuple[ExtensionLine, ...]:
        return tuple(ExtensionLine(lines[x.task_id], x.granted, x.asked_on, x.wanted_on) for x in items)

    return {"extensions": rows(waiting), "extended_often": rows(often)}


def _owed(rows: list[TaskLine], as_of: date, windows: DigestWindows) -> OwedSections:
    """The sections about what somebody still owes."""
    overdue = [row for row in rows if row.deadline_class is DeadlineClass.OVERDUE]
    old = months_before(as_of, windows.no_deadline_months)
    undated = (row for row in rows if row.task.due_on is None)
    return {
        "overdue_1_30": _bucket(overdue, "1-30"),
        "overdue_31_90": _bucket(overdue, "31-90"),
        "overdue_over_90": _bucket(overdue, ">90"),
        "urged_often": _by_due(row for row in rows if row.task.urged >= windows.urged_often_from),
        "due_7": _due_within(rows, 0, 7),
        "due_14": _due_within(rows, 8, 14),
        "no_deadline_old": _by_age(row for row in undated if row.task.assigned_on < old),
        "silent": _by_age(row for row in rows if is_silent(row.task, as_of, windows.silent_days)),
    }


def overdue_since(previous: date | None, as_of: date) -> date:
    """The first deadline that passed after the last digest; without one, of the last seven days."""
    return previous or as_of - timedelta(days=7)


def _newly_overdue(task: TaskFacts, previous: date | None, as_of: date, matter: DigestMatter) -> bool:
    """Whether nobody was reminded of a deadline that has passed since the last digest."""
    if task.due_on is None or task.status not in OWED or task.id not in matter.never_reminded:
        return False
    return overdue_since(previous, as_of) <= task.due_on < as_of


def league(tasks: Sequence[TaskFacts], as_of: date, silent_days: int) -> tuple[LeagueRow, ...]:
    """One row an agency: most overdue first, then by name. Withdrawn tasks do not count."""
    by_agency: dict[str, list[TaskFacts]] = {}
    for task in tasks:
        if task.status not in GONE:
            by_agency.setdefault(task.agency_name, []).append(task)
    rows = [_league_row(name, mine, as_of, silent_days) for name, mine in by_agency.items()]
    return tuple(sorted(rows, key=lambda row: (-row.overdue, row.agency_name)))


def _league_row(name: str, tasks: list[TaskFacts], as_of: date, silent_days: int) -> LeagueRow:
    done = [task for task in tasks if task.status is TaskStatus.CONFIRMED]
    still_open = [task for task in tasks if task.status not in CLOSED]
    late = sum(class_of(task, as_of) is DeadlineClass.DONE_LATE for task in done)
    overdue = [
        task for task in still_open if task.status in OWED and class_of(task, as_of) is DeadlineClass.OVERDUE
    ]
    fresh = sum(not is_silent(task, as_of, silent_days) for task in still_open)
    return LeagueRow(
        agency_name=name,
        total=len(tasks),
        done=len(done),
        overdue=len(overdue),
        in_time_rate=rate(len(done) - late, len(done)),
        updated_rate=rate(fresh, len(still_open)),
    )


def is_silent(task: TaskFacts, as_of: date, days: int) -> bool:
    """No report within the window; a task younger than the window is not silent yet."""
    return (task.last_report_on or task.assigned_on) < as_of - timedelta(days=days)


def _done_since(task: TaskFacts, previous: date | None, as_of: date) -> bool:
    if task.status is not TaskStatus.CONFIRMED or task.confirmed_on is None:
        return False
    return (previous is None or task.confirmed_on > previous) and task.confirmed_on <= as_of


def _bucket(rows: Iterable[TaskLine], name: str) -> tuple[TaskLine, ...]:
    return _by_due(row for row in rows if overdue_bucket(-(row.days or 0)) == name)


def _due_within(rows: Iterable[TaskLine], first: int, last: int) -> tuple[TaskLine, ...]:
    return _by_due(row for row in rows if row.days is not None and first <= row.days <= last)


def _by_due(rows: Iterable[TaskLine]) -> tuple[TaskLine, ...]:
    return tuple(sorted(rows, key=lambda row: (row.task.due_on or date.max, row.task.id)))


def _by_age(rows: Iterable[TaskLine]) -> tuple[TaskLine, ...]:
    return tuple(sorted(rows, key=lambda row: (row.task.assigned_on, row.task.id)))


def months_before(day: date, months: int) -> date:
    """The same day ``months`` earlier, or the last day of that month if it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
