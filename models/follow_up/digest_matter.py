"""The leadership digest of any day, counted by the database; and the matter of its reference."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.facts import case_facts, facts, standing_rules, task_query
from models.follow_up.digest_extensions import extensions_on, granted
from models.follow_up.digest_sections import figures, rows_of, task_sections
from models.follow_up.unreminded import count_unreminded, never_reminded
from models.follow_up.urging_reach import heard_facts, with_reach
from models.people.register import the_committee
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.outbox import DigestIssue
from models.tables.tasks import Task
from rules.facts import CaseFacts, Digest, LeagueRow
from rules.follow_up.digest import DigestMatter, DigestWindows, overdue_since, rate
from rules.vocabulary import CaseState, Rung

_OVERDUE = ("overdue_1_30", "overdue_31_90", "overdue_over_90")


def digest_on(
    session: Session,
    as_of: date,
    windows: DigestWindows,
    reader_id: str | None = None,
    most: int | None = None,
) -> Digest:
    """The digest of ``as_of`` as the rows stand now, for the body that reads it (None: the office).

    ``most`` is the largest number of rows a section; ``Digest.count`` knows how many there are.
    The same as ``rules.follow_up.digest.build_digest`` on all facts, without loading them.
    """
    previous = previous_issue(session, as_of)
    sections = task_sections(as_of, previous, windows)
    sums, league = _added_up(figures(session, as_of, windows.silent_days, sections))
    rules = standing_rules(session)
    counts = {name: sums[name] for name in sections}
    extended = extensions_on(session, as_of, windows.extended_often_from, most)
    counts |= {name: count for name, (count, _) in extended.items()}
    filled = {} if most == 0 else {name: part for name, part in sections.items() if sums[name]}
    counts |= {"league": len(league), "standing_rules": len(rules)}
    digest = Digest(
        as_of=as_of,
        committee=session.get_one(Agency, the_committee(session).body_id).name,
        **rows_of(session, as_of, filled, most),
        extensions=extended["extensions"][1],
        extended_often=extended["extended_often"][1],
        league=league[:most],
        previous=previous,
        silent_days=windows.silent_days,
        total=sums["total"],
        total_open=sums["still_open"],
        unreminded=count_unreminded(session, overdue_since(previous, as_of), as_of),
        standing_rules=tuple(rules[:most]),
        completed_rate=rate(sums["done"], sums["counted"]),
        updated_rate=rate(sums["fresh"], sums["still_open"]),
        counts=counts,
    )
    return for_reader(session, digest, reader_id, most)


def league_on(session: Session, as_of: date, windows: DigestWindows) -> tuple[LeagueRow, ...]:
    """The figures of every agency that has a task, as the digest of ``as_of`` orders them."""
    sections = task_sections(as_of, previous_issue(session, as_of), windows)
    return _added_up(figures(session, as_of, windows.silent_days, sections))[1]


def for_reader(session: Session, digest: Digest, reader_id: str | None, most: int | None = None) -> Digest:
    """The same figures for another reader: only what waits at its rung is "decisions needed from you"."""
    mine, elsewhere = _cases(session, digest.as_of, _rung_of(session, reader_id), most)
    counts = {**digest.counts, "decisions": mine[0], "decisions_elsewhere": elsewhere[0]}
    return replace(digest, decisions=mine[1], decisions_elsewhere=elsewhere[1], counts=counts)


def _added_up(figures: Iterable[tuple[str, Counter[str]]]) -> tuple[Counter[str], tuple[LeagueRow, ...]]:
    """The figures of all agencies; and one row an agency: most overdue first, then by name."""
    sums, rows = Counter[str](), []
    for name, found in figures:
        sums.update(found)
        if found["counted"]:
            rows.append(_league_row(name, found))
    return sums, tuple(sorted(rows, key=lambda row: (-row.overdue, row.agency_name)))


def _league_row(name: str, found: Counter[str]) -> LeagueRow:
    return LeagueRow(
        agency_name=name,
        total=found["counted"],
        done=found["done"],
        overdue=sum(found[part] for part in _OVERDUE),
        in_time_rate=rate(found["done"] - found["done_late"], found["done"]),
        updated_rate=rate(found["fresh"], found["still_open"]),
    )


def _rung_of(session: Session, reader_id: str | None) -> Rung | None:
    committee = the_committee(session)
    return {committee.chair_id: Rung.CHAIR, committee.upper_id: Rung.PROVINCE}.get(reader_id or "")


_Cases = tuple[int, tuple[CaseFacts, ...]]


def _cases(session: Session, as_of: date, reader: Rung | None, most: int | None) -> tuple[_Cases, _Cases]:
    """The waiting cases that the reader can settle and the others: each how many, and the first of them."""
    if reader is None:
        return _some_cases(session, as_of, sa.true(), most), (0, ())
    here = EscalationCase.rung == reader
    return _some_cases(session, as_of, here, most), _some_cases(session, as_of, sa.not_(here), most)


def _some_cases(session: Session, as_of: date, which: Any, most: int | None) -> _Cases:
    query = (
        sa.select(EscalationCase)
        .join(Task, Task.id == EscalationCase.task_id)
        .where(
            EscalationCase.state == CaseState.WAITING,
            EscalationCase.raised_on <= as_of,
            Task.assigned_on <= as_of,
            which,
        )
    )
    count = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    order = (EscalationCase.answer_by, EscalationCase.id)
    cases = session.scalars(query.order_by(*order).limit(most)).all()
    tasks = heard_facts(session, [case.task_id for case in cases], as_of)
    return count, tuple(case_facts(case, tasks[case.task_id], as_of) for case in cases)


def digest_matter(session: Session, as_of: date) -> DigestMatter:
    """All facts of the digest in memory, of which the reference is made: ``rules/follow_up/digest.py``."""
    found = facts(session, task_query().where(Task.assigned_on <= as_of).order_by(Task.id))
    by_id = with_reach(session, {task.id: task for task in found}, as_of)
    tasks = tuple(by_id.values())
    waiting = session.scalars(
        sa.select(EscalationCase).where(
            EscalationCase.state == CaseState.WAITING, EscalationCase.raised_on <= as_of
        )
    )
    cases = [case_facts(case, by_id[case.task_id], as_of) for case in waiting if case.task_id in by_id]
    committee = session.get_one(Agency, the_committee(session).body_id)
    rules = standing_rules(session)
    missed = never_reminded(session, tasks)
    return DigestMatter(committee.name, tasks, cases, rules, granted(session, as_of), missed)


def previous_issue(session: Session, as_of: date) -> date | None:
    """The date of the digest before the one of ``as_of``."""
    return session.scalar(sa.select(sa.func.max(DigestIssue.issued_on)).where(DigestIssue.issued_on < as_of))
