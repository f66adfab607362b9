"""Whether a document was issued before, however its number and its issuer were typed then and now.

One that was taken back as a whole is not: the right paper may be issued under the same number.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from flows.actions.documents.publishable import identity_of
from models.tables.documents import Document
from rules.documents.paper_numbers import number_key
from rules.draft import Draft, DraftDocument
from rules.text.folding import name_key
from rules.vocabulary import DocumentState


def issued_before(session: Session, draft: Draft) -> Document | None:
    """The document already issued under the same identity, if any: shown before the work begins."""
    with session.no_autoflush:  # our own document may already claim this identity
        query = sa.select(Document).where(
            Document.identity == identity_of(draft), Document.state == DocumentState.ISSUED
        )
        return session.scalars(query).first() or _by_other_spelling(session, draft.document)


def _by_other_spelling(session: Session, facts: DraftDocument) -> Document | None:
    """Identities that an older release stored, or that an issuer got before the register knew it."""
    if not facts.number or facts.date is None:
        return None
    year = facts.date.year
    query = sa.select(Document.id, Document.number, Document.issuer_id, Document.issuer).where(
        Document.state == DocumentState.ISSUED,
        Document.number.is_not(None),
        Document.dated_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    key = number_key(facts.number)
    for known, number, issuer_id, issuer in session.execute(query.order_by(Document.id)):
        if number_key(number) == key and _same_issuer(facts, issuer_id, issuer):
            return session.get(Document, known)
    return None


def _same_issuer(facts: DraftDocument, issuer_id: str | None, issuer: str | None) -> bool:
    if facts.issuer_id and issuer_id:
        return facts.issuer_id == issuer_id
    return name_key(facts.issuer or "") == name_key(issuer or "")
