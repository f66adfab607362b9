"""A policy before living under it: its words, and what it would change for the open tasks.

A change of policy never rewrites history: letters written, urgings counted and steps crossed stay. What
it changes is what the next sweep decides, so that is what is compared, on two copies of the database.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.engine import Engine

from config.act import Act, by_clock
from config.committee import Policy
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.simulate import trial_copy
from models.db import reading
from models.facts import code_of
from models.tables.follow_up_days import FollowUpDay, PolicyVersion
from models.tables.outbox import OutboxLetter
from rules.follow_up.policy_words import changed_words, in_words
from rules.outbox.payloads.keys import LetterKind
from rules.text.stored import Json

Decided = Mapping[LetterKind, frozenset[str]]  # kind -> what it is about: codes of tasks, else the key


@dataclass(frozen=True, slots=True)
class Difference:
    """What a sweep decides of one kind, now and under the other policy."""

    kind: LetterKind
    present: int
    proposed: int
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lived:
    """A policy that the follow-up has worked under: since when, and on how many days."""

    digest: str
    first_used_at: datetime
    days: int
    same: bool  # it is the one that was asked about


def values_of(policy: BaseModel, prefix: str = "") -> dict[str, object]:
    """The value of every setting by its path ("hours.morning"); groups inside lists as mappings."""
    found: dict[str, object] = {}
    for name in type(policy).model_fields:
        value = getattr(policy, name)
        if isinstance(value, BaseModel):
            found |= values_of(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [item.model_dump() if isinstance(item, BaseModel) else item for item in value]
    return value


def policy_sentences(policy: Policy) -> dict[str, list[str]]:
    """What the policy will do, in words, by section."""
    return in_words(values_of(policy))


def policy_changes(present: Policy, proposed: Policy) -> list[tuple[str, str, str]]:
    """Path, sentence now and sentence then of every setting that differs."""
    return changed_words(values_of(present), values_of(proposed))


def next_sweep(act: Act) -> Act:
    """The sweep that is compared: it would run at the instant of ``act``, or on the next working morning."""
    office, day = act.office, act.today
    morning = office.policy.morning_of(office.calendar.on_or_after(day))
    return by_clock(act.now if office.calendar.is_working(day) else morning, office)


def compare(engine: Engine, sweep: Act, proposed: Policy) -> list[Difference]:
    """What ``sweep`` would decide under either policy; the database stays as it is."""
    present = _decided(engine, sweep)
    then = _decided(engine, replace(sweep, office=replace(sweep.office, policy=proposed)))
    return [
        Difference(
            kind,
            len(present.get(kind, ())),
            len(then.get(kind, ())),
            tuple(sorted(then.get(kind, frozenset()) - present.get(kind, frozenset()))),
            tuple(sorted(present.get(kind, frozenset()) - then.get(kind, frozenset()))),
        )
        for kind in LetterKind
        if kind in present or kind in then
    ]


def _decided(engine: Engine, sweep: Act) -> Decided:
    found: dict[LetterKind, set[str]] = defaultdict(set)
    with trial_copy(engine) as copy:
        newest = _newest(copy)
        daily_follow_up(copy, sweep)
        for kind, task_id, key in _written(copy, newest):
            found[kind].add(code_of(task_id) if task_id is not None else key)
    return {kind: frozenset(about) for kind, about in found.items()}


def _newest(copy: Engine) -> int:
    with reading(copy) as session:
        return session.scalar(sa.select(sa.func.max(OutboxLetter.id))) or 0


def _written(copy: Engine, newest: int) -> list[tuple[LetterKind, int | None, str]]:
    query = sa.select(OutboxLetter.kind, OutboxLetter.task_id, OutboxLetter.key)
    with reading(copy) as session:
        rows = session.execute(query.where(OutboxLetter.id > newest))
        return [(kind, task_id, key) for kind, task_id, key in rows]


def lived_under(engine: Engine, asked: Policy) -> list[Lived]:
    """The policies that the follow-up has used, latest first."""
    days = (
        sa.select(FollowUpDay.policy_digest, sa.func.count().label("days"))
        .group_by(FollowUpDay.policy_digest)
        .subquery()
    )
    query = sa.select(PolicyVersion, days.c.days).outerjoin(
        days, days.c.policy_digest == PolicyVersion.digest
    )
    wanted = asked.model_dump(mode="json")
    with reading(engine) as session:
        rows = session.execute(query.order_by(PolicyVersion.first_used_at.desc()))
        return [
            Lived(one.digest, one.first_used_at, count or 0, _same(one.text, wanted)) for one, count in rows
        ]


def _same(text: str, wanted: Json) -> bool:
    try:
        return bool(json.loads(text) == wanted)
    except ValueError:  # kept by an older version of the software
        return False
