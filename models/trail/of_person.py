"""What the trail keeps of one person, for the page that shows her what is kept."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from models.trail.rows import TrailRow


@dataclass(frozen=True, slots=True)
class KeptOfPerson:
    """How many rows were written of what she did, in her name by others, and on her; since when."""

    did: int
    instead: int
    about: int
    since: datetime | None


def trail_of_person(session: Session, person_id: int) -> KeptOfPerson:
    """Counts of one person; each by an index."""
    row = TrailRow

    def count(*where: sa.ColumnElement[bool]) -> int:
        return session.scalar(sa.select(sa.func.count()).select_from(row).where(*where)) or 0

    since = session.scalar(sa.select(sa.func.min(row.happened_at)).where(row.person_id == person_id))
    about = row.noun == "person", row.noun_key == str(person_id)
    return KeptOfPerson(
        count(row.person_id == person_id), count(row.instead_of_id == person_id), count(*about), since
    )
