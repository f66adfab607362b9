"""One uploaded conclusion -> a Draft to be corrected; works without any database."""

from datetime import date

from flows.actions.read_document import read_document
from rules.draft import Draft
from rules.reading import read_text
from rules.registry import Registry


def read_conclusion(
    name: str, data: bytes, registry: Registry, as_of: date | None, calendar: object | None = None
) -> Draft:
    """Read a .docx or .txt conclusion.

    ``as_of`` stands in only for a date that the document does not state; ``calendar`` counts
    working days (None: weekdays). Raises DocumentError with a Vietnamese message.
    """
    return read_text(read_document(name, data), registry, as_of, calendar)
