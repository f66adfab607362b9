"""The scan of the signed phiếu trình of one step of a case."""

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.cases import SignedSlip
from models.tasks.story.evidence import Evidence


def find_scan(session: Session, case_id: int, seq: int) -> Evidence | None:
    """The file with which the step was recorded; None if it has none."""
    slip = SignedSlip
    query = sa.select(slip.seq, slip.name, slip.size, slip.stored_as)
    row = session.execute(query.where(slip.case_id == case_id, slip.seq == seq)).first()
    return Evidence(*row) if row else None
