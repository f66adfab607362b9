"""Doubts about time: a day that can hardly be meant, and words of time that gave no deadline.

A slip of the year (2202, 2012), a weekday that the day does not have, a count that ends on a day off, a
phrase without a day ("giữa tháng 6", "23 tháng Chạp"): all are asked about, none is changed.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from rules.draft import Doubt, DraftDirective, DraftDue, DueKind
from rules.reading.clauses.context import Context
from rules.reading.dates.dates import WEEKDAYS
from rules.text.gaps import gaps

#: Days; a task of a conclusion is hardly given longer (issue 14: over two years is a doubt).
_LONGEST = timedelta(days=2 * 366)
_COUNTED = frozenset(
    {"relative_days", "hours", "weeks", "months", "half_month", "today_or_tomorrow", "part_of_day"}
)
_WEEKDAY = r"(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu\s+nhat))\b"
_WEEKDAY_BEHIND = re.compile(gaps(rf"\s*,?\s*\(?\s*{_WEEKDAY}(?!\s+(?:hang|moi))"))
_WEEKDAY_INSIDE = re.compile(_WEEKDAY)
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
#: Words that name a time and no day. Starts and accounts ("từ đầu năm đến nay") are none.
_VAGUE = re.compile(
    gaps(
        r"\b(?:dau|giua|nua dau|nua cuoi|tuan dau|tuan cuoi|tuan thu \w{1,4}|thuong tuan|trung tuan|ha tuan)"
        r"\s+(?:cua\s+)?(?:thang\s+(?:\d|nay|sau|toi)|qu[yi]\s+[1-4i]|nam\s+(?:\d|sau|toi))[\w/]*"
        r"|\bthang\s+(?:chap|gieng)\b|(?:\bram\s+)?(?:\bthang\s+)?\b\d{1,2}\s*(?:\(\s*)?am lich\b"
        r"|\bmung\s+\d{1,2}\b"
        r"|\b(?:truoc|cham nhat|xong|den het)\s+(?:la\s+)?(?:ngay\s+)?\d{1,2}\s*[/.-]"
        r"\s*\d{1,2}\s*[/.-]\s*\d{3,8}"
        r"|\b(?:trong|sau)\s+(?:vai|may|it|mot vai|nhung)\s+(?:gio|ngay|tuan|thang)\s+(?:toi|nua|sau)\b"
        r"|\btruoc\s+\d{1,2}\s*(?:gio|h|g)\b"
    )
)
_NO_TIME = re.compile(gaps(r"(?:\btu|ke tu|so voi|tinh hinh|ket qua|bao cao cua|vu|dip|thu)\s+$"))


def of_day(context: Context, due: DraftDue) -> Iterator[Doubt]:
    """What makes the day of a deadline doubtful beside the paper's own day and its weekday."""
    if due.date is None or due.span is None:
        return
    issued = context.header.date
    phrase = " ".join((due.phrase or "").split())
    if issued and due.date < issued:
        yield Doubt(
            "due", f"Thời hạn “{phrase}” đứng trước ngày của văn bản ({issued:%d/%m/%Y}), cần kiểm tra."
        )
    elif issued and due.date - issued > _LONGEST:
        yield Doubt("due", f"Thời hạn “{phrase}” xa ngày văn bản hơn hai năm, cần kiểm tra năm.")
    yield from _weekday(context, due, phrase)
    if due.read_by in _COUNTED and context.deadlines.is_day_off(due.date):
        yield Doubt("due", f"Thời hạn “{phrase}” rơi vào ngày nghỉ ({due.date:%d/%m/%Y}), cần kiểm tra.")


def _weekday(context: Context, due: DraftDue, phrase: str) -> Iterator[Doubt]:
    assert due.date
    assert due.span
    folded = context.views.folded
    said = _WEEKDAY_BEHIND.match(folded, due.span.end) or _WEEKDAY_INSIDE.search(
        folded, due.span.start, due.span.end
    )
    if said is None:
        return
    weekday = 6 if said["sunday"] else WEEKDAYS[said["weekday"]]
    if weekday != due.date.weekday():
        yield Doubt(
            "due",
            f"Ngày {due.date:%d/%m/%Y} là {_NAMES[due.date.weekday()]}, văn bản ghi khác, cần kiểm tra.",
        )


def of_words_of_time(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """The first phrase of time in a directive without a deadline, if it names no day."""
    due = directive.due
    if due.kind is not DueKind.NONE or due.span is not None:
        return
    folded = context.views.folded
    issued = context.header.date
    for found in _VAGUE.finditer(folded, directive.span.start, directive.span.end):
        year = re.search(r"\bnam (\d{4})", found.group())
        over = issued is not None and year is not None and int(year[1]) <= issued.year
        before = max(directive.span.start, found.start() - 24)
        if not over and not _NO_TIME.search(folded, before, found.start()):
            words = " ".join(context.views.text[found.start() : found.end()].split())
            yield Doubt(
                "due", f"“{words}” nói về thời gian nhưng không cho biết ngày nào, cần chọn thời hạn."
            )
            return
