"""The one door through which a công văn đôn đốc is issued; its history is that of the tasks it names."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.swap import swapped, touched
from models.tables.tasks import Urging, UrgingPaper


def number_paper(session: Session, paper: UrgingPaper, number: str, signed_by: str, issued_on: date) -> bool:
    """Give a prepared paper its number; False if somebody else has. ``paper`` is as it stands then."""
    issued = {"number": number, "signed_by": signed_by, "issued_on": issued_on}
    done = swapped(
        session, UrgingPaper, UrgingPaper.id == paper.id, UrgingPaper.issued_on.is_(None), values=issued
    )
    session.refresh(paper)
    return done


def carry_urgings(session: Session, paper: UrgingPaper, task_ids: Sequence[int]) -> None:
    """The urgings of the tasks that the paper names have come to the body, whatever became of the letters."""
    theirs = sa.update(Urging).where(Urging.paper_id == paper.id, Urging.task_id.in_(task_ids))
    touched(session, theirs.values(carried_on=paper.issued_on))
