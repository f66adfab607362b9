"""What was corrected in a reading before it was issued: written at issue, read for the report."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from config.clock import OFFICE_ZONE
from flows.actions.reading.first_reading import first_reading_of
from models.tables.documents import Document
from models.tables.learned import ReadingCorrection
from rules.draft import Draft, DraftDirective
from rules.reading.learning.corrections import Correction, corrections, summary
from rules.reading.learning.reading_quality import JudgedReading
from rules.vocabulary import CorrectionField


def log_corrections(session: Session, document: Document, draft: Draft, act: Act) -> None:
    """Write how ``draft`` differs from the document's first reading; nothing if it has none."""
    if document.first_reading is None or document.id is None:
        return
    first = first_reading_of(document.first_reading, document.source_name)
    session.add_all(
        ReadingCorrection(
            document_id=document.id,
            ordinal=row.ordinal,
            field=row.field,
            before=row.before,
            after=row.after,
            had_doubt=row.had_doubt,
            read_by=row.read_by,
            due_read_by=row.due_read_by,
            issued_at=act.now,
        )
        for row in corrections(first, draft.directives)
    )


def log_added(
    session: Session, document: Document, ordinal: int, directive: DraftDirective, act: Act
) -> None:
    """Write that a directive was found missing after the issue; nothing without a first reading."""
    if document.first_reading is None or document.id is None:
        return
    session.add(
        ReadingCorrection(
            document_id=document.id,
            ordinal=ordinal,
            field=CorrectionField.ADDED,
            after=summary(directive),
            issued_at=act.now,
        )
    )


def judged_readings(session: Session, first_day: date | None, last_day: date | None) -> list[JudgedReading]:
    """Documents with a first reading that were issued on these days (inclusive, None is open)."""
    query = sa.select(Document).where(Document.issued_at.is_not(None), Document.first_reading.is_not(None))
    if first_day:
        query = query.where(Document.issued_at >= _midnight(first_day))
    if last_day:
        query = query.where(Document.issued_at < _midnight(last_day + timedelta(days=1)))
    documents = list(session.scalars(query.order_by(Document.id)))
    rows = _rows(session, [one.id for one in documents if one.id is not None])
    return [
        JudgedReading(first_reading_of(one.first_reading, one.source_name), rows[one.id or 0])
        for one in documents
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_ZONE)


def _rows(session: Session, document_ids: list[int]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = defaultdict(list)
    query = sa.select(ReadingCorrection).where(ReadingCorrection.document_id.in_(document_ids))
    for row in session.scalars(query.order_by(ReadingCorrection.ordinal)):
        found[row.document_id].append(
            Correction(
                row.ordinal, row.field, row.before, row.after, row.had_doubt, row.read_by, row.due_read_by
            )
        )
    return found
