"""Which urgings came to nobody, in SQL: the same as ``rules/follow_up/urging_reach.py`` says of one.

An urging without a letter on record was done by hand and is not doubted. A mark on an address makes the
road doubtful for a letter that waits for its first try, also when its days are over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import one_of
from models.facts import BATCH, facts_by_id
from rules.facts import TaskFacts
from rules.letter_words import DELIVERED, HEARD, LetterState, MessageState, UrgingReach


def _carried_by(condition: str) -> str:
    # LIMIT keeps PostgreSQL from reading all messages at once and looking each letter up among them.
    return (
        "(\nSELECT 1 FROM message_letter c JOIN outbox_message m ON m.id = c.message_id\n"
        f"WHERE c.letter_id = l.id AND {condition} LIMIT 1\n) IS NOT NULL"
    )


def _works(channel: str) -> str:
    troubled = "SELECT s.channel FROM channel_state s WHERE s.since IS NOT NULL"
    return f"coalesce({channel}, '') NOT IN ({troubled})"


_OPEN_ROAD = (
    "(SELECT 1 FROM contact k WHERE k.agency_id = l.agency_id AND k.active\n"
    "AND (SELECT 1 FROM contact_address a WHERE a.contact_id = k.id AND NOT a.withdrawn\n"
    f"AND a.unusable_since IS NULL AND {_works('a.channel')} LIMIT 1) IS NOT NULL LIMIT 1) IS NOT NULL"
)
_QUEUED = _carried_by(f"m.state = '{MessageState.QUEUED.value}' AND {_works('m.channel')}")
#: Conditions on a row ``u`` of urging and its letter ``l``; they bind ``today``, the office's day.
_IS = {
    UrgingReach.UNREACHED: f"NOT ({_carried_by(one_of('m.state', HEARD))})"
    f"\nAND NOT (l.state = '{LetterState.PENDING.value}' AND {_OPEN_ROAD})"
    f"\nAND NOT (u.urged_on >= :today AND {_QUEUED})",
    UrgingReach.UNSURE: _carried_by(f"m.state = '{MessageState.UNKNOWN.value}'")
    + f"\nAND NOT ({_carried_by(one_of('m.state', DELIVERED))})",
}


#: An urging of which nobody knows counts as so many that came to nobody: both are summed in one look.
_UNSURE_IS = 1_000_000
_CASES = " ".join(f"WHEN {condition} THEN '{reach.value}'" for reach, condition in _IS.items())


def summed_sql(task_id: str) -> str:
    """How the urgings of the task with this id stand, as one number; ``counts_in`` takes it apart."""
    # A scalar, so that each letter is found by its key; where none is on record it is NULL.
    weights = {UrgingReach.UNREACHED: 1, UrgingReach.UNSURE: _UNSURE_IS}
    cases = "\n".join(f"WHEN {condition} THEN {weights[reach]}" for reach, condition in _IS.items())
    stands = f"SELECT CASE\n{cases}\nELSE 0 END\nFROM outbox_letter l WHERE l.key = u.letter_key"
    return (
        f"(SELECT coalesce(sum((\n{stands}\n)), 0)\n"
        f"FROM urging u WHERE u.task_id = {task_id} AND u.carried_on IS NULL)"
    )


def counts_in(summed: str) -> dict[UrgingReach, str]:
    """How many came to nobody, and of how many nobody knows, of a column that ``summed_sql`` gave."""
    return {UrgingReach.UNREACHED: f"{summed} % {_UNSURE_IS}", UrgingReach.UNSURE: f"{summed} / {_UNSURE_IS}"}


@dataclass(slots=True)
class Unheard:
    """The numbers of a task's urgings that came to nobody, and of those of which nobody knows."""

    unreached: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)


_UNHEARD = sa.text(
    "SELECT task_id, number, reach FROM (SELECT u.task_id, u.number,"
    f" (SELECT CASE {_CASES} END FROM outbox_letter l WHERE l.key = u.letter_key) AS reach"
    " FROM urging u WHERE u.task_id IN :ids AND u.carried_on IS NULL) AS found"
    " WHERE reach IS NOT NULL ORDER BY task_id, number"
).bindparams(sa.bindparam("ids", expanding=True), sa.bindparam("today", type_=sa.Date()))


def unheard(session: Session, task_ids: Iterable[int], today: date) -> dict[int, Unheard]:
    """By task; tasks of which every urging came to somebody, or is on its way, are left out."""
    found: dict[int, Unheard] = defaultdict(Unheard)
    wanted = list(task_ids)
    for start in range(0, len(wanted), BATCH):
        given = {"ids": wanted[start : start + BATCH], "today": today}
        for task_id, number, reach in session.connection().execute(_UNHEARD, given):
            mine = found[task_id]
            (mine.unsure if reach == UrgingReach.UNSURE.value else mine.unreached).append(number)
    return dict(found)


def with_reach(session: Session, tasks: Mapping[int, TaskFacts], today: date) -> dict[int, TaskFacts]:
    """The same facts, which now tell how many of their urgings came to nobody."""
    return heard_of(tasks, unheard(session, (key for key, task in tasks.items() if task.urged), today))


def heard_of(tasks: Mapping[int, TaskFacts], found: Mapping[int, Unheard]) -> dict[int, TaskFacts]:
    """The same facts with what ``unheard`` has found."""
    return {
        key: replace(task, unreached=len(found[key].unreached), unsure=len(found[key].unsure))
        if key in found
        else task
        for key, task in tasks.items()
    }


def heard_facts(session: Session, ids: Iterable[int], today: date) -> dict[int, TaskFacts]:
    """Facts of the tasks with these ids, with what became of their urgings."""
    return with_reach(session, facts_by_id(session, ids), today)
