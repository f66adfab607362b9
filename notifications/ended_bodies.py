"""What the letter about bodies that have ended says, and whether it still holds when it leaves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Agency
from models.bulk import one_of_ids
from models.escalations import EscalationCase
from models.predicates import among
from models.successors import heirs
from models.tasks import TaskCooperation
from notifications.carried import Carried
from notifications.letters.matters import OfEndedBody, shares
from rules.cooperation import OWING
from rules.deadlines import line
from rules.facts import TaskLine
from rules.letter_words import LetterKind, Stake
from rules.vocabulary import CaseState


def of_ended_bodies(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfEndedBody]:
    """The tasks of each body, in the order of the letters; ``most`` in all."""
    lines: dict[str, list[tuple[TaskLine, Stake]]] = defaultdict(list)
    for letter in letters:
        if letter.task:
            lines[letter.data["agency_id"]].append((line(letter.task, day), Stake(letter.data["stake"])))
    query = sa.select(Agency.id, Agency.name, Agency.valid_to).where(Agency.id.in_(list(lines)))
    known = {row[0]: row for row in session.execute(query)}
    takers = heirs(session, lines, day)
    return [
        OfEndedBody(body, known[body][1], known[body][2], takers[body], mine[:count], len(mine))
        for (body, mine), count in zip(lines.items(), shares(list(lines.values()), most), strict=True)
    ]


def settled(session: Session, letters: Sequence[Carried]) -> set[int]:
    """Ids of such letters that are true no more: another last day, a part handed in, a case that moved."""
    mine = [letter for letter in letters if letter.kind is LetterKind.BODY_ENDED]
    bodies = {letter.data["agency_id"] for letter in mine}
    query = sa.select(Agency.id, Agency.valid_to).where(Agency.id.in_(sorted(bodies)))
    ends = {body: f"{last}" for body, last in session.execute(query)}
    tasks = sorted({letter.task_id or 0 for letter in mine})
    stakes = {*_parts(session, tasks), *_cases(session, tasks)}
    return {letter.id for letter in mine if not _holds(letter, ends.get(letter.data["agency_id"]), stakes)}


def _holds(letter: Carried, ends_on: str | None, stakes: set[tuple[int, str]]) -> bool:
    if ends_on != letter.data["ended_on"]:
        return False
    stake, task_id = Stake(letter.data["stake"]), letter.task_id or 0
    if stake in (Stake.LEAD, Stake.DUTY):
        return True  # what else ends it is the task's own state
    return (task_id, letter.data["agency_id"] if stake is Stake.COOPERATES else "") in stakes


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
