"""A weekday named alone, which the sentence's cycle makes one of every week."""

import re

from rules.draft import DraftDue, DueKind, Span
from rules.reading.dates import dates, phrases
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps


def weekday_of_cycle(views: Views, start: int, end: int) -> DraftDue | None:
    """ "… chậm nhất thứ Ba" in a sentence that speaks of every week means that day of every week."""
    found = phrases.BARE_WEEKDAY.search(views.folded, start, end)
    if not found:
        return None
    first = max(views.clean.rfind(mark, 0, start) for mark in ".\n") + 1
    last = min((at for at in (views.clean.find(mark, end) for mark in ".\n") if at >= 0), default=end)
    if not re.search(gaps(r"(?:hang|moi)\s+tuan"), views.folded[first:last]):
        return None
    weekday = 6 if found["sunday"] else dates.WEEKDAYS[found["weekday"]]
    span = Span(*found.span())
    rule = f"weekly {dates.WEEKDAY_NAMES[weekday]}"
    return DraftDue(
        DueKind.RECURRING, None, rule, views.text[span.start : span.end], span, "weekday_of_cycle"
    )
