"""Dates that are no deadline: in a quoted title, after words of a start, in a cited paper."""

import re

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
