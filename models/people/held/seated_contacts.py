"""Which contacts read letters on a day: those of the register, and persons by their running seats.

Asked when a letter leaves and never stored: whoever sits there no more, is away or is not active has no
letter from that day on, and whoever stands in for an absent person has hers.
"""

from functools import lru_cache

import sqlalchemy as sa

from models.people.access.viewers import Day, away, lent, running
from models.tables.agencies import Contact
from models.tables.people import Absence, Person, SeatRow
from rules.outbox.seated_readers import NOT_FOR_BODY, READS_AS


@lru_cache(maxsize=8)  # building it costs more than running it
def reads(today: Day) -> sa.ColumnElement[bool]:
    """That a row of ``contact`` reads on ``today``, be it only for itself or of some tasks."""
    return Contact.active & sa.or_(Contact.person_id.is_(None), _sits(today, _present(today)), _lends(today))


def reads_all(today: Day) -> sa.ColumnElement[bool]:
    """That it reads what goes to its body."""
    return reads(today) & Contact.role.not_in(NOT_FOR_BODY)


def sits(today: Day) -> sa.ColumnElement[bool]:
    """That it is a person's, who sits there on ``today``, absent or not."""
    return _sits(today)


def _is_here() -> tuple[sa.ColumnElement[bool], ...]:
    """That a seat is the one by which its holder has the contact; one at no body is so anywhere."""
    role = sa.case({seat: READS_AS[seat] for seat in READS_AS}, value=SeatRow.role)
    there = sa.or_(SeatRow.body_id == Contact.agency_id, SeatRow.body_id.is_(None))
    return role == Contact.role, there


def _sits(today: Day, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    held = sa.exists().where(SeatRow.person_id == Contact.person_id, *_is_here(), *running(today), *more)
    return held.where(Person.id == SeatRow.person_id, Person.active).correlate(Contact)


def _present(today: Day) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(lent(), *away(today)).correlate(SeatRow)


def _lends(today: Day) -> sa.ColumnElement[bool]:
    """Somebody absent lends the seat to whoever has the contact."""
    seat = sa.exists().where(Absence.deputy_id == Contact.person_id, lent(), *away(today))
    here = seat.where(*_is_here(), *running(today), Person.id == SeatRow.person_id, Person.active)
    return here.correlate(Contact)
