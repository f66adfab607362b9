"""The reader: text of a conclusion -> Draft with doubts (labelling guideline; pure, no clock)."""

from datetime import date
from typing import TYPE_CHECKING

from rules.draft import Draft, DraftDirective, Genre, Span
from rules.people.registry import Registry

if TYPE_CHECKING:
    from rules.reading.by_hand import HandReader


def read_text(
    text: str,
    registry: Registry,
    as_of: date | None = None,
    calendar: object | None = None,
    genre: Genre | None = None,
) -> Draft:
    """Read one document.

    ``as_of`` is the date that a person gave: it is believed before the text, and a difference is a
    doubt; today is never assumed. ``genre`` is chosen by a person, None: as the text looks.
    ``calendar`` is any object with ``add(day, n)`` counting working days (None: weekdays).
    Raises ``rules.reading.text.limits.TooMuchToRead`` for a text of more lines, sentences or names than any
    meeting produces, whoever asks.
    """
    from rules.reading.document import read_document_text

    return read_document_text(text, registry, as_of, calendar, genre)


def hand_reader(
    text: str,
    registry: Registry,
    day: date | None,
    calendar: object | None = None,
    genre: Genre | None = None,
) -> "HandReader":
    """Reads the places of ``text`` that a person says are directives, on the document's ``day``.

    ``calendar`` and ``genre`` as in ``read_text``. Raises TooMuchToRead.
    """
    from rules.reading.by_hand import HandReader

    return HandReader.of(text, registry, day, calendar, genre)


def read_sentence(
    text: str, span: Span, registry: Registry, day: date | None, calendar: object | None = None
) -> DraftDirective:
    """The words of ``text`` at ``span`` as one directive: who, with whom, by when, as far as they say.

    A person says that it is one; where nobody is named the lead is empty, with a doubt.
    """
    return hand_reader(text, registry, day, calendar).read(span)


__all__ = ["hand_reader", "read_sentence", "read_text"]
