"""Two-hop reporting: units report to an aggregator, the aggregator to the province.

Source: design of follow-up, "Who is asked": units -> aggregator -> UBND gives the units an earlier
date, derived and shown. Only a sentence that says so makes a hop: the units send something to a
named body "để tổng hợp", and the date stands after those words, so it is the aggregator's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.calendar.workdays import WorkCalendar
from rules.reading.dates import phrases
from rules.reading.text.normalise import views_of

_TO_AGGREGATE = phrases.spaced(r"\b(?:de|cho) (?:[^\s,;.]+ ){0,8}?tong hop\b")


@dataclass(frozen=True, slots=True)
class UnitsDue:
    """The units' own date and the words that show where it comes from."""

    due_on: date
    basis: str


def aggregator(text: str, phrase: str | None, leads: Sequence[str], report_to: Sequence[str]) -> str | None:
    """The body that sums up what ``leads`` report, or None if the sentence makes no hop.

    ``text`` is the directive, ``phrase`` its deadline's words, bodies are ids in the text's order.
    A date before "để tổng hợp" is the units' own: they already have their earlier day. A body that is
    one of the units as well sums up, and owes nothing to itself.
    """
    if not phrase or not report_to or not set(leads) - {report_to[0]}:
        return None
    folded, wanted = views_of(text).folded, views_of(phrase).folded
    found = _TO_AGGREGATE.search(folded)
    if found is None or folded.rfind(wanted) < found.end():
        return None
    return report_to[0]


def units_due(
    due_on: date, working_days: int, calendar: WorkCalendar, assigned_on: date | None = None
) -> UnitsDue | None:
    """``working_days`` before the aggregator's deadline, so that it has that many whole days.

    None when that day would not lie after ``assigned_on``: nobody is given a date already past.
    """
    due = calendar.add(calendar.on_or_before(due_on), -working_days)
    if assigned_on is not None and due <= assigned_on:
        return None
    words = f"hai cấp: sớm hơn {working_days} ngày làm việc so với {due_on:%d/%m/%Y}"
    return UnitsDue(due, words)
