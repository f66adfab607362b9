"""Who works on tasks within bodies, and who stands in for somebody today."""

from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.people.access.viewers import away, lent, running
from models.tables.people import Absence, Person, SeatRow, TaskOfficer


def officers_today(session: Session, task_ids: Collection[int], today: date) -> dict[tuple[int, str], int]:
    """By task and body: the person who works on it, or who stands in for that one today."""
    if not task_ids:
        return {}
    query = sa.select(TaskOfficer.task_id, TaskOfficer.body_id, TaskOfficer.person_id)
    chosen = one_of_ids(session, TaskOfficer.task_id, sorted(task_ids))
    named = {(task, body): person for task, body, person in session.execute(query.where(chosen))}
    instead = stand_ins(session, set(named.values()), today) if named else {}
    return {(task, body): instead.get((who, body), who) for (task, body), who in named.items()}


def stand_ins(session: Session, absent: Collection[int], today: date) -> dict[tuple[int, str], int]:
    """By person and body: who stands in today for each of these persons in a seat there."""
    query = (
        sa.select(Absence.person_id, SeatRow.body_id, Absence.deputy_id)
        .join(SeatRow, lent())
        .where(one_of_ids(session, Absence.person_id, sorted(absent)), *away(today), *running(today))
        .order_by(Absence.id)
    )
    return {(person, body): deputy for person, body, deputy in session.execute(query)}


def in_whose_place(session: Session, deputy: int, bodies: Iterable[str], today: date) -> tuple[str, ...]:
    """The names of those for whom ``deputy`` reads at these bodies today, but where the deputy sits too."""
    here = SeatRow.body_id.in_(sorted(bodies))
    own = sa.select(SeatRow.body_id).where(SeatRow.person_id == deputy, here, *running(today))
    query = (
        sa.select(Person.name)
        .join(Absence, Absence.person_id == Person.id)
        .join(SeatRow, lent())
        .where(Absence.deputy_id == deputy, here, SeatRow.body_id.not_in(own), *away(today), *running(today))
        .order_by(Person.name)
    )
    return tuple(dict.fromkeys(session.scalars(query)))
