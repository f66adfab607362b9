"""Words that are searched for in a text of the database, by spelling alone: case and marks say nothing."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from rules.text.folding import ALIKE, fold, fold_char, other_sound

Condition = sa.ColumnElement[bool]

_ALIKE = ALIKE | {sign.upper(): bare for sign, bare in ALIKE.items()}
_SEARCHED = (*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), *map(ord, _ALIKE))
_FOLDING = {code: fold_char(chr(code)) for code in _SEARCHED}


def has_words(session: Session, column: Any, words: str) -> Condition:
    """Whether the text in ``column`` has every word, tone marks or not; false if there is none."""
    text = _folded(session, column)
    hits = [_has(text, word) for word in fold(words).split()]
    return sa.and_(*hits) if hits else sa.false()


def _has(text: sa.ColumnElement[str], word: str) -> Condition:
    """Whether the text has the word, or part of one: Quý is found by "quí", as by "quy"."""
    spellings = dict.fromkeys((word, other_sound(word)))
    return sa.or_(*(text.contains(one, autoescape=True) for one in spellings))


def _folded(session: Session, column: Any) -> sa.ColumnElement[str]:
    """The text without case and marks, computed by the database."""
    if session.get_bind().dialect.name == "postgresql":
        bare = sa.func.lower(sa.func.regexp_replace(_decomposed(column), "[\u0300-\u036f]", "", "g"))
        return sa.func.translate(bare, "".join(_ALIKE), "".join(_ALIKE.values()), type_=sa.String)
    raw = session.connection().connection.driver_connection
    assert raw is not None
    raw.create_function("folded", 1, lambda text: text.translate(_FOLDING), deterministic=True)
    return sa.func.folded(column, type_=sa.String)


def _decomposed(column: Any) -> sa.ColumnElement[str]:
    return sa.func.normalize(column, sa.literal_column("NFD"), type_=sa.String)
