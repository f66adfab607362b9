"""The one door through which a name of the trail changes: it goes, and never comes back."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.swap import touched
from models.trail.rows import TrailName


def blank_names(session: Session, rows: sa.Select[Any]) -> int:
    """Take out what is said, and the salt, of the ``rows``; returns of how many."""
    theirs = sa.update(TrailName).where(TrailName.said.is_not(None), TrailName.trail_id.in_(rows))
    return touched(session, theirs.values(said=None, salt=None))
