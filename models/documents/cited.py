"""How a document or an event that is known by its number is cited."""

import sqlalchemy as sa
from sqlmodel import Session

from models.facts import source_of
from models.tables.documents import AwaitedEvent, Document


def source_cited(session: Session, document_id: int) -> str | None:
    """ "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022"; None if there is no such document."""
    columns = sa.select(Document.kind, Document.number, Document.dated_on)
    row = session.execute(columns.where(Document.id == document_id)).first()
    return source_of(*row) if row else None


def event_cited(session: Session, event_id: int) -> str | None:
    """The words of the paper for what is waited for; None if there is no such event."""
    return session.scalar(sa.select(AwaitedEvent.words).where(AwaitedEvent.id == event_id))
