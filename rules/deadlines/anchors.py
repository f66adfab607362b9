"""Deadlines that start with something: the receipt of a document, an event that has happened.

Source: design of follow-up, "Deadlines". The phrase of the text is kept and read again once its
anchor has a day; a phrase that names no number of days and no moment gets no date, ever.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from rules.calendar.workdays import WorkCalendar
from rules.reading.dates import phrases
from rules.reading.text.normalise import views_of

DOCUMENT, RECEIPT, EVENT = "document", "receipt", "event"
#: "tại phiên họp tháng 12", "trước khai giảng": the day of the event itself (trước D includes D).
_ON_THE_DAY = phrases.spaced(
    r"\b(?:(?:tai|trong|vao) (?:phien|ky|cuoc|buoi|hoi nghi|dai hoi|le|dip|ngay)|truoc|den (?:khi|ngay)) "
)
_WORKING = phrases.spaced(r"^ lam viec\b")


def presumed_receipt(issued_on: date, working_days: int, calendar: WorkCalendar) -> date:
    """The day on which a document counts as received until a receipt is recorded."""
    return calendar.add(issued_on, working_days)


def receipt_due(phrase: str, received_on: date, calendar: WorkCalendar) -> date | None:
    """The deadline of "trong 5 ngày làm việc kể từ ngày nhận được ..."; None if no number is named.

    Counting starts with the day after the receipt (Bộ luật Dân sự 2015, điều 147 khoản 2).
    """
    return _days_after(views_of(phrase).folded, received_on, calendar)


def event_due(phrase: str, happened_on: date, calendar: WorkCalendar) -> date | None:
    """The deadline that an event sets: days after it, days before it, or its own day.

    "Sau khi được phê duyệt" alone says no day: None, and the secretariat is asked instead.
    """
    folded = views_of(phrase).folded
    before = phrases.EVENT_OFFSET.search(folded)
    if before:
        count = int(before["count"])
        if _WORKING.search(folded[before.end() :]):
            return calendar.add(happened_on, -count)
        return happened_on - timedelta(days=count)
    found = _days_after(folded, happened_on, calendar)
    if found is None and _ON_THE_DAY.match(folded.lstrip()):
        return happened_on
    return found


def receipt_basis(received_on: date, recorded: bool) -> str:
    """How the deadline came about, for lists and letters."""
    words = f"tính từ ngày nhận {received_on:%d/%m/%Y}"
    return words if recorded else f"{words}, tạm tính"


def event_basis(words: str, happened_on: date) -> str:
    """How the deadline came about, for lists and letters: ``words`` are the text's own."""
    return f"tính từ ngày {happened_on:%d/%m/%Y}: {words}"


def with_years(basis: str, years: str) -> str:
    """``basis`` with the mark of the provisional years over which its date was counted ("2026, 2027")."""
    return "; ".join(filter(None, (basis, calendar_mark(years))))


def calendar_mark(years: str) -> str:
    """What a date says that was counted over years without their notice; nothing where there are none."""
    return f"lịch nghỉ năm {years} tạm tính" if years else ""


def shown_years(years: Iterable[int]) -> str:
    """Years as they are stored and shown: "2026, 2027"."""
    return ", ".join(map(str, sorted(set(years))))


def years_in(shown: str) -> tuple[int, ...]:
    """The years of ``shown_years``."""
    return tuple(int(year) for year in shown.split(", ") if year)


def counts_working_days(phrase: str) -> bool:
    """Whether a deadline's words count working days, so that it hangs on the calendar."""
    folded = views_of(phrase).folded
    before = phrases.EVENT_OFFSET.search(folded)
    if before and _WORKING.search(folded[before.end() :]):
        return True
    found = phrases.RELATIVE.search(folded)
    return found is not None and found["working"] is not None


def _days_after(folded: str, day: date, calendar: WorkCalendar) -> date | None:
    for pattern in (phrases.AFTER_EVENT, phrases.RELATIVE):
        found = pattern.search(folded)
        if found:
            count = int(found["count"])
            working = "working" in found.groupdict() and found["working"]
            return calendar.add(day, count) if working else day + timedelta(days=count)
    return None
