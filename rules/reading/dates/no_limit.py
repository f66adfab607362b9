"""Dates that are no deadline: in a quoted title, after words of a start, in a cited paper, told closer."""

import re

from rules.draft import DraftDue
from rules.reading.dates import phrases
from rules.reading.text.normalise import Views


def is_quoted_title(views: Views, start: int, at: int) -> bool:
    """A campaign "Mỗi tuần 15 phút …" names itself and sets no deadline."""
    before = views.clean[start:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def is_no_limit(views: Views, clause: int, phrase: re.Match[str]) -> bool:
    """Whether the words before a date make it a start or the content's own date.

    Folded, "từ" is also the "tư" of "Đầu tư": the tone is looked up in the text itself.
    """
    start, end = max(clause, phrase.start() - 30), phrase.start()
    if not phrases.FIRM.match(phrase.group()) and phrases.CITED.search(views.folded, start, end):
        return True
    found = phrases.NOT_A_LIMIT.search(views.folded, start, end)
    while found is not None:
        bare = found.group()[:3].strip() == "tu"
        if not bare or views.clean[found.start() : found.start() + 2].lower() == "từ":
            return True
        found = phrases.NOT_A_LIMIT.search(views.folded, found.start() + 2, end)
    return False


def told_closer(views: Views, due: DraftDue, found: list[DraftDue]) -> bool:
    """ "trong tháng 6 (trước ngày 25/6)": the day in brackets tells when in the period."""
    if due.read_by not in ("month", "quarter", "half_year", "year") or due.span is None:
        return False
    at = due.span.end
    days = [other.span.start for other in found if other.read_by == "absolute_day" and other.span]
    return any("(" in views.clean[at:day] for day in days if at < day <= at + 3)
