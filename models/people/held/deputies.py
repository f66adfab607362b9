"""Whom somebody may ask to stand in: her page offers them, and nobody else is taken from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.people.held.persons import PersonListed, persons_at
from models.tables.people import SeatRow
from rules.people.seats import CommitteeBodies


@dataclass(frozen=True, slots=True)
class Deputies:
    """Those of the own bodies, and others."""

    near: list[PersonListed]
    others: list[PersonListed]

    @property
    def ids(self) -> frozenset[int]:
        """All of them."""
        return frozenset(one.id for one in (*self.near, *self.others))


def deputies_of(session: Session, person_id: int, committee: CommitteeBodies | None, today: date) -> Deputies:
    """Who sits today where ``person_id`` sits or is to sit, then who sits at the committee's offices."""
    over = sa.or_(SeatRow.valid_to < today, SeatRow.valid_to < SeatRow.valid_from)
    held = sa.select(SeatRow.body_id).where(SeatRow.person_id == person_id, SeatRow.body_id.is_not(None))
    current = held.where(sa.or_(SeatRow.valid_to.is_(None), ~over)).order_by(SeatRow.valid_from, SeatRow.id)
    near = _at(session, session.scalars(current), {person_id}, today)
    known = {person_id, *(one.id for one in near)}
    offices = (committee.secretariat, committee.standing, committee.chair) if committee else ()
    return Deputies(near, _at(session, offices, known, today))


def _at(session: Session, bodies: Iterable[str], known: set[int], today: date) -> list[PersonListed]:
    """The persons at ``bodies`` once each, without those who are ``known``."""
    found = {one.id: one for body in dict.fromkeys(bodies) for one in persons_at(session, body, today)}
    return [one for key, one in found.items() if key not in known]
