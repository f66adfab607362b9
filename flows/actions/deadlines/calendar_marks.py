"""What a deadline was counted from and over which years stands on its directive.

With it the date can be counted again when the calendar changes, and says "tạm tính" as long as the
notice of one of its years has not come.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from models.deadlines.calendar_years import noted_since
from models.tables.documents import Directive, Document
from rules.calendar.workdays import NoCalendar, WorkCalendar
from rules.deadlines.anchors import (
    DOCUMENT,
    counts_working_days,
    receipt_due,
    shown_years,
    with_years,
    years_in,
)

#: By these the reader counts where a year has no file (``read_conclusion``).
_WEEKDAYS = WorkCalendar({}, guesses=True)


def note_counting(directive: Directive, basis: str, first: date, last: date, calendar: WorkCalendar) -> None:
    """The date of ``directive`` came about by ``basis``, with the calendar between two days."""
    directive.due_years = shown_years(calendar.provisional_years(first, last))
    directive.due_basis = with_years(basis, directive.due_years)


def note_more_years(directive: Directive, first: date, last: date, calendar: WorkCalendar) -> None:
    """One more of its dates was counted between the two days; a basis in words names the years too."""
    add_years(directive, calendar.provisional_years(first, last))


def add_years(directive: Directive, years: Iterable[int]) -> None:
    """Its date may still change with these years too."""
    wanted, before = set(years), directive.due_years
    if wanted <= set(years_in(before)):
        return
    directive.due_years = shown_years({*wanted, *years_in(before)})
    if directive.due_basis or not directive.due_rule:  # a recurring duty has many dates and says nothing
        basis = directive.due_basis.removesuffix(with_years("", before)).removesuffix("; ")
        directive.due_basis = with_years(basis, directive.due_years)


def counted_from_document(
    session: Session, directive: Directive, calendar: WorkCalendar
) -> tuple[date | None, frozenset[int]]:
    """The document's day, if working days from it gave the directive's date; else None.

    The years are those whose days have changed since the draft was read: its date was counted by the
    earlier ones, and stands until the follow-up counts it anew.
    """
    document = session.get_one(Document, directive.document_id)
    dated_on, due_on, phrase = document.dated_on, directive.due_on, directive.due_phrase or ""
    if (
        directive.due_anchor != DOCUMENT
        or dated_on is None
        or due_on is None
        or not counts_working_days(phrase)
    ):
        return None, frozenset()
    known = _due(phrase, dated_on, calendar)
    if due_on == known or known is None and due_on == receipt_due(phrase, dated_on, _WEEKDAYS):
        return dated_on, frozenset()
    changed = noted_since(session, document.entered_at) & set(range(dated_on.year, due_on.year + 1))
    return (dated_on, changed) if changed and directive.due_read_by else (None, frozenset())


def _due(phrase: str, dated_on: date, calendar: WorkCalendar) -> date | None:
    try:
        return receipt_due(phrase, dated_on, calendar)
    except NoCalendar:  # then the reader has counted weekdays
        return None
