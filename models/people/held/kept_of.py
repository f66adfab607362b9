"""What the trail keeps of one person, counted: her acts, her sign-ins, and whatever else it tells."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.trail.rows import TrailRow
from rules.trail.words import TrailWhat


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows tell of it, the first and the last of them."""

    what: TrailWhat
    count: int
    first_at: datetime
    last_at: datetime


def kept_of(session: Session, person_id: int) -> list[Kept]:
    """By kind of act, in the order of the words."""
    row = TrailRow
    at = row.happened_at
    query = sa.select(row.what, sa.func.count(), sa.func.min(at), sa.func.max(at))
    found = session.execute(query.where(row.person_id == person_id).group_by(row.what))
    order = list(TrailWhat)
    return sorted((Kept(*one) for one in found), key=lambda kept: order.index(kept.what))
