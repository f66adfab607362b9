"""The tokens of one-time links: random, made when a letter is written; the database keeps their hashes.

A link may have several: each writing of its letter has one of its own, and all of them open the same link,
once. So a letter that is tried again does not close what the first one may have brought.
"""

from hashlib import sha256
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.sign_in import LinkToken

_BYTES = 32


def new_token(session: Session, link_id: int) -> str:
    """A further token of a link; it stands nowhere but in what is returned."""
    token = token_urlsafe(_BYTES)
    session.connection().execute(sa.insert(LinkToken), {"digest": digest_of(token), "link_id": link_id})
    return token


def digest_of(token: str) -> str:
    """Under what the database knows a token."""
    return sha256(token.encode()).hexdigest()
