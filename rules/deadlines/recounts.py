"""Deadlines whose calendar has changed since they were counted: counted anew, set, asked about or left.

Source: issue 10, "Tạm tính for ever". The rule that made a date makes it again; whoever moved a deadline
since then has had the last word, and nobody is given a date that is already over without being asked.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar.recurrence import day_before_next, next_due
from rules.calendar.workdays import WorkCalendar
from rules.deadlines.anchors import event_due, presumed_receipt, receipt_due
from rules.deadlines.two_hop import units_due
from rules.vocabulary import Labelled

ONE_DAY = timedelta(days=1)


class Recount(Labelled):
    """What became of a deadline whose calendar has changed."""

    MOVED = "moved", "Đã tính lại"
    ASKED = "asked", "Chờ Văn phòng quyết định"
    LEFT = "left", "Giữ nguyên"
    SET = "set", "Văn phòng lấy ngày tính lại"
    KEPT = "kept", "Văn phòng giữ ngày cũ"
    LAPSED = "lapsed", "Không còn phải quyết định"


@dataclass(frozen=True, slots=True)
class Counting:
    """From what the deadline of one task was counted; what a kind does not know stays empty.

    ``counted_from`` is the document's day, or that of its issue for a receipt. ``given_days`` are the
    working days of the policy: to the presumed receipt, or from the units' day to their aggregator's.
    """

    due_on: date
    assigned_on: date  # to whoever had it first
    phrase: str = ""
    counted_from: date | None = None
    text_due_on: date | None = None  # the day of the text, if it names one
    given_days: int = 0
    of_receipt: bool = False
    received_on: date | None = None
    happened_on: date | None = None  # of the event
    is_unit: bool = False  # reports to an aggregator
    rule: str = ""  # of a recurring duty
    before_on: date | None = None  # the deadline of the occurrence before
    before_counted: date | None = None  # the same as its cycle gave it


@dataclass(frozen=True, slots=True)
class Counted:
    """A day counted anew, and the days between which the calendar was asked."""

    due_on: date
    first: date
    last: date

    def touches(self, years: frozenset[int]) -> bool:
        """Whether the counting ran through one of ``years``."""
        return not years.isdisjoint(range(self.first.year, self.last.year + 1))


def count_again(of: Counting, calendar: WorkCalendar) -> Counted | None:
    """The deadline by the same rule over ``calendar``; None if no rule gives one. Raises NoCalendar."""
    due_on, base = _by_its_rule(of, calendar)
    if due_on is None:
        return None
    days = [due_on, of.due_on, *([base] if base else [])]
    return Counted(due_on, min(days), max(days))


def outcome(old: date, new: date, moved: bool, today: date) -> Recount | None:
    """What becomes of a deadline that is now ``new``; None if it stays as it is.

    ``moved``: somebody has given it another date since it was counted.
    """
    if old == new:
        return None
    if moved:
        return Recount.LEFT
    return Recount.ASKED if new < today else Recount.MOVED


def _by_its_rule(of: Counting, calendar: WorkCalendar) -> tuple[date | None, date | None]:
    """The day, and the day from which the calendar was asked."""
    if of.rule:
        after = min(_after(of), of.due_on - ONE_DAY)
        return next_due(of.rule, after, calendar), after
    if of.happened_on is not None:
        return event_due(of.phrase, of.happened_on, calendar), of.happened_on
    if of.of_receipt:
        return _from_receipt(of, calendar)
    text_due_on = of.text_due_on
    if of.counted_from is not None:
        text_due_on = receipt_due(of.phrase, of.counted_from, calendar)
    if text_due_on is None or not of.is_unit or not of.given_days:
        return text_due_on, of.counted_from
    units = units_due(text_due_on, of.given_days, calendar)
    return (units.due_on if units else text_due_on), of.counted_from or text_due_on


def _after(of: Counting) -> date:
    """As when the occurrence was opened: the next day after this one is its own."""
    if of.before_on is None:
        return of.assigned_on
    return day_before_next(of.before_on, of.before_counted or of.before_on, of.assigned_on)


def _from_receipt(of: Counting, calendar: WorkCalendar) -> tuple[date | None, date | None]:
    """A receipt that came after the deadline has mended nothing then, and mends nothing now."""
    if of.received_on is not None and of.received_on <= of.due_on:
        return receipt_due(of.phrase, of.received_on, calendar), of.received_on
    if of.counted_from is None:
        return None, None
    received = presumed_receipt(of.counted_from, of.given_days, calendar)
    return receipt_due(of.phrase, received, calendar), of.counted_from
