"""What the letter about bodies that have ended says, and whether it still holds when it leaves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.database.predicates import among
from models.people.successors import heirs
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.tasks import TaskCooperation
from notifications.letters.kit.matters import OfEndedBody, shares
from notifications.outbox.carried import Carried
from rules.deadlines.classes import line
from rules.facts import TaskLine
from rules.letter_words import Stake
from rules.outbox.payloads.office import BodyEnded
from rules.tasks.cooperation import OWING
from rules.vocabulary import CaseState


def of_ended_bodies(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfEndedBody]:
    """The tasks of each body, in the order of the letters; ``most`` in all."""
    lines: dict[str, list[tuple[TaskLine, Stake]]] = defaultdict(list)
    for letter in letters:
        told = letter.told(BodyEnded)
        if letter.task:
            lines[told.agency_id].append((line(letter.task, day), told.stake))
    query = sa.select(Agency.id, Agency.name, Agency.valid_to).where(Agency.id.in_(list(lines)))
    known = {row[0]: row for row in session.execute(query)}
    takers = heirs(session, lines, day)
    return [
        OfEndedBody(body, known[body][1], known[body][2], takers[body], mine[:count], len(mine))
        for (body, mine), count in zip(lines.items(), shares(list(lines.values()), most), strict=True)
    ]


def settled(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of such letters that are true no more: another last day, a part handed in, a case that moved."""
    told = {letter.id: letter.told(BodyEnded) for letter in letters}
    bodies = {one.agency_id for one in told.values()}
    query = sa.select(Agency.id, Agency.valid_to).where(Agency.id.in_(sorted(bodies)))
    ends = dict(session.execute(query).tuples().all())
    tasks = sorted({letter.task_id or 0 for letter in letters})
    stakes = {*_parts(session, tasks), *_cases(session, tasks)}
    return {
        letter.id
        for letter in letters
        if ends.get(told[letter.id].agency_id) != told[letter.id].ended_on
        or not _holds(told[letter.id], letter.task_id or 0, stakes)
    }


def _holds(told: BodyEnded, task_id: int, stakes: set[tuple[int, str]]) -> bool:
    if told.stake in (Stake.LEAD, Stake.DUTY):
        return True  # what else ends it is the task's own state
    return (task_id, told.agency_id if told.stake is Stake.COOPERATES else "") in stakes


def _parts(session: Session, task_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Tasks and the bodies that still owe a part of them."""
    query = sa.select(TaskCooperation.task_id, TaskCooperation.agency_id)
    mine = one_of_ids(session, TaskCooperation.task_id, task_ids)
    rows = session.execute(query.where(mine, among(TaskCooperation.state, OWING)))
    return ((row[0], row[1]) for row in rows)


def _cases(session: Session, task_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Tasks whose case waits for a decision."""
    query = sa.select(EscalationCase.task_id).where(EscalationCase.state == CaseState.WAITING)
    waiting = query.where(one_of_ids(session, EscalationCase.task_id, task_ids))
    return ((key, "") for key in session.scalars(waiting))
