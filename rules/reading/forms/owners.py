"""Whose limits a clause speaks of: "vượt thẩm quyền cấp huyện" is a duty of the district (guideline §5)."""

import re

from rules.draft import Party, Span
from rules.reading.clauses.context import Context
from rules.text.gaps import gaps

_LIMITS_OF = re.compile(
    gaps(r"(?:tham quyen|kha nang(?: ung pho| giai quyet| xu ly)?)\s+(?:cua\s+)?(?:cac\s+)?$")
)
_UNABLE = re.compile(
    gaps(
        r"\s+(?:lam|xu ly|giai quyet|can doi)?\s*khong (?:the )?(?:tu )?(?:lam|xu ly"
        r"|giai quyet|thao go|go|lo|khac phuc|can doi|noi|xue|duoc)"
    )
)


def owner_of_limits(context: Context, part: Span) -> tuple[Party, ...]:
    """ "vượt thẩm quyền cấp huyện", "vượt khả năng của huyện": whose limits, whose duty."""
    for index in context.names_between(part.start, part.end):
        before = context.views.folded[part.start : context.names[index].start]
        unable = _UNABLE.match(context.views.folded, context.names[index].end, part.end)
        if (unable or _LIMITS_OF.search(before)) and not context.is_upper(context.names[index]):
            return context.parties_of(index, part.start)
    return ()
