"""Whether a clause goes on with what was said before it: past accounts, continuations, scopes."""

import re

from rules.draft import Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.subjects import Actors, opening_of, take_list
from rules.reading.layout.segments import PLAIN_LEVEL, Block
from rules.text.gaps import gaps

_PAST = re.compile(gaps(r"\s*(?:[^,;]{0,60}\s)?đã (?:giao|ban hành|chỉ đạo|tổ chức|có|hoàn thành)\b"))


def continues(context: Context, part: Span, rule: str) -> bool:
    """Across paragraphs only an open continuation ("Bên cạnh đó, …") keeps its addressee."""
    if rule in ("escalation_clause", "whoever_clause"):
        return True
    opening = opening_of(context, part.start, part.end)
    return opening > part.start or context.views.clean[opening : part.end].lower().startswith(
        ("cần ", "phải ")
    )


def relays(context: Context, begin: int, actors: Actors) -> bool:
    """ "Chủ đầu tư: - Yêu cầu nhà thầu …": the heading's body is to ask, and remains the lead."""
    opening = context.views.folded.startswith(("yeu cau ", "don doc "), begin)
    return opening and actors.read_by == "assigned_addressee"


def is_past(context: Context, part: Span) -> bool:
    """ "… đã giao …": an account of what was done (guideline §1)."""
    return _PAST.match(context.views.clean, part.start, part.end) is not None


def is_deeper(following: Block | None, block: Block) -> bool:
    """Whether the next block is a list item below this one."""
    return following is not None and block.level < following.level < PLAIN_LEVEL


def is_bare_scope(context: Context, part: Span) -> bool:
    """ "riêng đối với 05 xã điểm, hoàn thành trước …": a scope and a date, no action (guideline §3)."""
    folded = " ".join(context.views.folded[part.start : part.end].split())
    return (
        re.match(r"rieng\b", folded) is not None
        and re.search(gaps(r"(?:hoan thanh|xong)\s+(?:truoc|trong|cham nhat)"), folded) is not None
    )


def topic_subjects(context: Context, part: Span) -> list[int]:
    """Whom a clause without a directive speaks of: "UBND X vắng không lý do; yêu cầu gửi …"."""
    indexes = context.names_between(part.start, part.end)
    if not indexes or context.names[indexes[0]].start != opening_of(context, part.start, part.end):
        return []
    return [] if context.is_upper(context.names[indexes[0]]) else take_list(context, indexes[0], part.end)[0]
