"""The reader: text of a conclusion -> Draft with doubts (labelling guideline; pure, no clock)."""

from datetime import date

from rules.draft import Draft
from rules.people.registry import Registry


def read_text(
    text: str, registry: Registry, as_of: date | None = None, calendar: object | None = None
) -> Draft:
    """Read one document.

    ``as_of`` stands in for the date of a document that does not state one; today is never
    assumed. ``calendar`` is any object with ``add(day, n)`` counting working days (None: weekdays).
    Raises ``rules.reading.text.limits.TooMuchToRead`` for a text of more lines, sentences or names than any
    meeting produces, whoever asks.
    """
    from rules.reading.document import read_document_text

    return read_document_text(text, registry, as_of, calendar)


__all__ = ["read_text"]
