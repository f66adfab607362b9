"""Which files of the evidence folder have a row, and who may count on the answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.cases import SignedSlip
from models.tables.reports import EvidenceFile

_AT_ONCE = 500
_LOCK = "dondoc.evidence"


def hold_names(session: Session, alone: bool) -> None:
    """Until the end of the transaction no file gets or loses its name but here.

    ``alone`` False is for those who give names, any number of them at once; True for the one who takes
    away what has no row. SQLite lets one transaction write at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
        session.execute(sa.select(lock(sa.func.hashtext(_LOCK))))


def named_files(session: Session, names: Sequence[str]) -> set[str]:
    """Those of ``names`` that a row has."""
    found: set[str] = set()
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        for column in (EvidenceFile.stored_as, SignedSlip.stored_as):
            found.update(session.scalars(sa.select(column).where(column.in_(some))))
    return found
