"""Bodies that have ended by a day: which are asked for nothing, and which get nothing at all any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database import predicates
from models.tables.agencies import Agency, Committee
from rules.people.bodies import ended_by


@dataclass(frozen=True, slots=True)
class EndedBodies:
    """The last day of each body that has ended by ``today``.

    ``seats`` are the committee's own places. Whoever the register seats there reads what goes there, also
    under the name of a body that has ended: else nobody would hear that it has.
    """

    today: date
    last_days: Mapping[str, date] = field(default_factory=dict)
    seats: frozenset[str] = frozenset()

    def has_ended(self, body: str) -> bool:
        """Whether ``body`` is asked for nothing any more: from its last day on."""
        return ended_by(self.last_days.get(body), self.today)

    def is_gone(self, body: str) -> bool:
        """Whether nothing is sent to ``body`` any more: its last day is over, and it holds no seat."""
        last = self.last_days.get(body)
        return last is not None and last < self.today and body not in self.seats


def ended_bodies(session: Session, today: date) -> EndedBodies:
    """All that have ended by ``today``."""
    query = sa.select(Agency.id, Agency.valid_to).where(predicates.ended_by(Agency.valid_to, today))
    ends = session.connection().execute(query)
    seats = session.connection().execute(sa.select(*_SEATS)).first()
    return EndedBodies(today, {row[0]: row[1] for row in ends}, frozenset(seats or ()))


def gone_ids(today: date) -> sa.Select[tuple[str]]:
    """Ids of the bodies that get nothing on ``today``: ``EndedBodies.is_gone`` as a query."""
    seated = [Agency.id.not_in(sa.select(seat)) for seat in _SEATS]
    return sa.select(Agency.id).where(Agency.valid_to.is_not(None), Agency.valid_to < today, *seated)


_SEATS = (Committee.chair_id, Committee.standing_agency_id, Committee.upper_id, Committee.secretariat_id)
