"""When a recurring duty is due next; the notation is that of the labelling guideline, section 4.

A bare "hằng tháng" or "hằng quý" is due on the last working day of its period (design of
follow-up, defaults); a named day stays where it is, also on a day off.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from rules.calendar.workdays import WorkCalendar
from rules.refusal import Refusal

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS_IN = {"monthly": 1, "quarterly": 3, "semiannual": 6, "yearly": 12}


class UnknownRule(Refusal):
    """The recurrence is not in the guideline's notation; the message is Vietnamese."""


def next_due(rule: str, after: date, calendar: WorkCalendar) -> date:
    """The first due date of ``rule`` strictly after ``after``. Raises UnknownRule."""
    return next(due for due in _dues(rule.strip().lower(), after, calendar) if due > after)


def day_before_next(last_due: date, last_counted: date, opened_on: date) -> date:
    """After which day the occurrence that opens on ``opened_on`` falls due: ``next_due`` begins there.

    ``last_due`` is the deadline of the one before, ``last_counted`` as the cycle gave it: a deadline that
    was put right to an earlier day does not bring the same period twice, and one that was moved after this
    occurrence had opened tells nothing. None is born overdue.
    """
    return max(min(last_due, opened_on), last_counted, opened_on - ONE_DAY)


#: What may stand after the first word of a rule.
_RESTS = {
    "daily": re.compile(r""),
    "weekly": re.compile(r"(" + "|".join(WEEKDAYS) + r")?"),
    "monthly": re.compile(r"((day (\d{1,2}|last-day)(, ?(\d{1,2}|last-day))*)|last-day)?"),
    "quarterly": re.compile(r"((next )?day \d{1,2})?"),
    "semiannual": re.compile(r""),
    "yearly": re.compile(r"(\d{2}-\d{2}(, ?\d{2}-\d{2})*)?"),
}


def check_rule(rule: str) -> None:
    """Raises UnknownRule if ``rule`` is not in the notation."""
    _parse(rule.strip().lower())


def is_rule(rule: str) -> bool:
    """Whether ``rule`` is in the notation."""
    try:
        check_rule(rule)
    except UnknownRule:
        return False
    return True


def hangs_on_calendar(rule: str) -> bool:
    """Whether the days of ``rule`` are working days, so that a year's notice may move them.

    Raises UnknownRule.
    """
    head, rest = _parse(rule.strip().lower())
    return head == "daily" or not rest


def _parse(rule: str) -> tuple[str, str]:
    head, _, rest = rule.partition(" ")
    rest = rest.strip()
    if head not in _RESTS or not _RESTS[head].fullmatch(rest) or not _on_the_calendar(rest):
        raise UnknownRule(f"Không hiểu chu kỳ «{rule}».")
    return head, rest


def _on_the_calendar(rest: str) -> bool:
    """Whether every day and every day-month of the rule exists (29/2 does, in its years)."""
    pairs = re.findall(r"(\d{2})-(\d{2})", rest)
    if pairs:
        return all(1 <= int(m) <= 12 and 1 <= int(d) <= monthrange(2024, int(m))[1] for d, m in pairs)
    return all(1 <= int(number) <= 31 for number in re.findall(r"\d+", rest))


def _dues(rule: str, after: date, calendar: WorkCalendar) -> Iterator[date]:
    head, rest = _parse(rule)
    if head == "daily":
        return chain([calendar.add(after, 1)])
    if head == "weekly":
        return _weekly(rest, after, calendar)
    if head == "yearly" and rest:
        return _yearly(rest, after)
    return _by_months(head, rest, after, calendar)


def _weekly(weekday: str, after: date, calendar: WorkCalendar) -> Iterator[date]:
    monday = after - timedelta(days=after.weekday())
    for week in range(3):
        start = monday + timedelta(weeks=week)
        if not weekday and start + timedelta(days=4) <= after:
            continue
        if weekday:
            yield start + timedelta(days=WEEKDAYS.index(weekday))
        else:
            yield calendar.on_or_before(start + timedelta(days=4))


def _yearly(days: str, after: date) -> Iterator[date]:
    pairs = sorted((int(d[3:]), int(d[:2])) for d in re.findall(r"\d{2}-\d{2}", days))
    for year in (after.year, after.year + 1):
        for month, day in pairs:
            yield _clamped(year, month, day)


def _by_months(head: str, rest: str, after: date, calendar: WorkCalendar) -> Iterator[date]:
    length = _MONTHS_IN[head]
    month = (after.month - 1) // length * length + length  # last month of the period of ``after``
    following = 1 if rest.startswith("next ") else 0
    # "quarterly next day N": the date that belongs to the last period may still lie ahead.
    for period in range(-following, 3):
        year, last = _shift(after.year, month, period * length + following)
        if not rest:
            yield calendar.on_or_before(_clamped(year, last, 31))
            continue
        for day in sorted(_day_numbers(rest)):
            yield _clamped(year, last, day)


def _day_numbers(rest: str) -> list[int]:
    words = re.findall(r"last-day|\d+", rest)
    return [31 if word == "last-day" else int(word) for word in words]


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
