"""One file that was handed in with a report."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.reports import EvidenceFile


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as the sender called it; ``size`` in bytes, which lie under ``stored_as``."""

    id: int
    name: str
    size: int
    stored_as: str


#: The columns of ``Evidence``, in its order.
COLUMNS = (EvidenceFile.id, EvidenceFile.name, EvidenceFile.size, EvidenceFile.stored_as)


def find_evidence(session: Session, file_id: int) -> Evidence | None:
    """The file with this number; None if there is none."""
    row = session.execute(sa.select(*COLUMNS).where(EvidenceFile.id == file_id)).first()
    return Evidence(*row) if row else None
