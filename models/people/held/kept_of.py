"""What is kept of one person besides her own page's facts, counted: the trail, sign-ins, letters."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.outbox import OutboxLetter
from models.tables.people import Absence, SeatRow
from models.tables.sign_in import SignedIn, TrustedDevice
from models.trail.listing import in_the_name_of
from models.trail.rows import TrailRow
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Labelled


class KeptPart(Labelled):
    """What somebody has to do with a row of the trail."""

    OWN = "own", "Người này làm"
    INSTEAD = "instead", "Người được ủy quyền làm thay"
    ABOUT = "about", "Người khác làm, về người này"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows of the trail tell of it, the first and the last of them."""

    part: KeptPart
    what: TrailWhat
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptBeside:
    """How often somebody signed in, which browsers are trusted, and how many letters were hers alone."""

    sign_ins: int
    devices: int
    letters: int


def kept_of(session: Session, person_id: int) -> list[Kept]:
    """What the trail has, by part and kind in the order of the words; each row counts once."""
    row, order = TrailRow, list(TrailWhat)
    own = row.person_id == person_id
    others = row.person_id.is_distinct_from(person_id)
    instead = sa.and_(others, in_the_name_of(person_id))
    about = sa.and_(others, row.instead_of_id.is_distinct_from(person_id), row.id.in_(_about(person_id)))
    found: list[Kept] = []
    for part, condition in ((KeptPart.OWN, own), (KeptPart.INSTEAD, instead), (KeptPart.ABOUT, about)):
        at = row.happened_at
        query = sa.select(row.what, sa.func.count(), sa.func.min(at), sa.func.max(at))
        rows = session.execute(query.where(condition).group_by(row.what))
        found += sorted((Kept(part, *one) for one in rows), key=lambda kept: order.index(kept.what))
    return found


def kept_beside(session: Session, person_id: int) -> KeptBeside:
    """What other tables have of her."""
    hers = (SignedIn.person_id, TrustedDevice.person_id, OutboxLetter.person_id)
    counts = [sa.select(sa.func.count()).where(column == person_id).scalar_subquery() for column in hers]
    return KeptBeside(*session.execute(sa.select(*counts)).one())


def _about(person_id: int) -> sa.CompoundSelect[tuple[int]]:
    """Ids of rows on the person, her seats, and the absences in which she is away or stands in."""
    seats = sa.select(SeatRow.id).where(SeatRow.person_id == person_id)
    away = sa.select(Absence.id).where(sa.or_(Absence.person_id == person_id, Absence.deputy_id == person_id))
    keys = ((TrailNoun.PERSON, sa.select(sa.literal(str(person_id)))),
            (TrailNoun.SEAT, _as_text(seats)), (TrailNoun.ABSENCE, _as_text(away)))  # fmt: skip
    found = sa.select(TrailRow.id)
    return sa.union_all(
        *(found.where(TrailRow.noun == noun, TrailRow.noun_key.in_(some)) for noun, some in keys)
    )


def _as_text(keys: sa.Select[tuple[int]]) -> sa.Select[tuple[str]]:
    found = keys.subquery()
    return sa.select(sa.cast(found.c.id, sa.String))
