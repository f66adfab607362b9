"""What a deadline was counted from and over which years stands on its directive.

With it the date can be counted again when the calendar changes, and says "tạm tính" as long as the
notice of one of its years has not come.
"""

from datetime import date

from sqlmodel import Session

from models.directives import Directive, Document
from rules.anchors import counts_working_days, receipt_due, shown_years, with_years, years_in
from rules.workdays import WorkCalendar


def note_counting(
    directive: Directive, basis: str, first: date, last: date, calendar: WorkCalendar, counted: bool = True
) -> None:
    """The date of ``directive`` came about by ``basis``, with the calendar between two days.

    ``counted`` False: somebody has set the date by hand, so that no rule gives it again.
    """
    directive.due_counted = counted
    directive.due_years = shown_years(calendar.provisional_years(first, last))
    directive.due_basis = with_years(basis, directive.due_years)


def note_more_years(directive: Directive, first: date, last: date, calendar: WorkCalendar) -> None:
    """One more of its dates was counted between the two days; a basis in words names the years too."""
    years = calendar.provisional_years(first, last)
    before = directive.due_years
    if set(years) <= set(years_in(before)):
        return
    directive.due_years = shown_years((*years, *years_in(before)))
    if directive.due_basis:
        basis = directive.due_basis.removesuffix(with_years("", before)).removesuffix("; ")
        directive.due_basis = with_years(basis, directive.due_years)


def counted_from_document(session: Session, directive: Directive, calendar: WorkCalendar) -> date | None:
    """The document's day, if counting working days from it gives the directive's date; else None."""
    dated_on = session.get_one(Document, directive.document_id).dated_on
    phrase = directive.due_phrase or ""
    if dated_on is None or directive.due_on is None or not counts_working_days(phrase):
        return None
    return dated_on if receipt_due(phrase, dated_on, calendar) == directive.due_on else None
