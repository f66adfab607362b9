"""Days in the shorthand of minutes and lists: "… trình UBND tỉnh (20/11)", "…, hạn 25/6".

A day that stands alone at the end of an item, in brackets or behind a comma, is its deadline.
"""

import re

from rules.draft import DraftDue, Span
from rules.reading.clauses.context import Context
from rules.text.gaps import gaps

_LAST_NOTE = re.compile(
    gaps(
        r"(?:\(\s*(?P<bracket>[^()\n]{2,24})\)|[,;]\s*(?:(?:han|xong|chot|hoan\s+thanh|nop|trinh)\s+)?(?P<last>[^,;()\n]{3,24}))\W{0,4}$"
    )
)
#: "…, 25/9 trình", "…, 15/7 báo cáo lại": the day stands before what is due on it.
_DAY_FIRST = re.compile(
    gaps(
        r"[,;]\s*(?P<first>(?:ngay\s+)?\d{1,2}\s*/\s*\d{1,2})\s+(?:trinh|bao cao|b/c|nop|gui|xong|hop lai)\b"
        r"[^,;()\n]{0,24}\W{0,4}$"
    )
)
_ROOM = 32
_ROOM_AND_VERB = 60


def noted_due(context: Context, part: Span) -> DraftDue | None:
    """The deadline that an item's last words are, if they are nothing else."""
    tail = context.views.folded[max(part.start, part.end - _ROOM) : part.end + 1].rstrip()
    note = _LAST_NOTE.search(tail)
    if note is None:
        return _day_first(context, part)
    name = "bracket" if note["bracket"] else "last"
    begin = max(part.start, part.end - _ROOM)
    start, end = begin + note.start(name), begin + note.end(name)
    due = context.deadlines.read_cell(start, end)
    if due.span is None or due.span.end - due.span.start < (end - start) * 0.6:
        return _day_first(context, part)
    return due


def _day_first(context: Context, part: Span) -> DraftDue | None:
    begin = max(part.start, part.end - _ROOM_AND_VERB)
    found = _DAY_FIRST.search(context.views.folded[begin : part.end])
    if found is None:
        return None
    due = context.deadlines.read_cell(begin + found.start("first"), begin + found.end("first"))
    return due if due.span else None
