"""Headings: who they address, what is only their topic, and where they end.

"3.2. Văn phòng Điều phối …:" hands its addressee down, "5. Về chế độ báo cáo:" names a topic
(labelling guideline §1).
"""

import re
from dataclasses import dataclass

from rules.draft import DocumentKind, Genre, Party, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.continuity import is_deeper
from rules.reading.clauses.joined_names import find_cooperators, take_list
from rules.reading.clauses.subjects import Actors, find_actors
from rules.reading.layout.segments import PLAIN_LEVEL, Block, trimmed
from rules.reading.text.verbs import ACTION_VERBS
from rules.reading.text.words import ASSIGNING, action_at, modal_at
from rules.text.gaps import gaps

_HEADING_LEAD_IN = re.compile(
    gaps(rf"(?:(?:rieng|doi voi|ve phia|trach nhiem cua|nhiem vu cua|{ASSIGNING})\s*(?:cho\s+)?)?")
)
_COLON_LEADS_ON = re.compile(gaps(r"(?:nhu|gom|bao gom|la|thoi han|cu the|sau|sau day|noi dung)\s*$"))


_ORDER_WITHIN = re.compile(
    gaps(r"(?:nội dung|như sau|ý kiến|kết luận|chỉ đạo)\s*:\s*(?=(?:Giao|Yêu cầu|Đề nghị)\s)")
)
#: "… . Thời gian: 20 ngày": the label of a day behind a sentence divides nothing.
_TIME_LABEL = re.compile(gaps(r"[.;]\s+(?:thoi\s+(?:gian|han|diem)|han)\b[^:.;]{0,24}$"))
_LABEL_ROOM = 48
_LONGEST_TITLE = 16  # words


@dataclass(frozen=True, slots=True)
class Inherited:
    """An addressee handed down by a heading or by the directive before."""

    lead: tuple[Party, ...]
    cooperate: tuple[Party, ...] = ()
    rule: str = "heading"
    distance: int = 0


def listed_addressees(context: Context, start: int, stop: int) -> Actors | None:
    """The addressees of a heading: names and nothing to do, e.g. "Giao Sở A, Sở B"."""
    views = context.views
    at = start
    found = _HEADING_LEAD_IN.match(views.folded, at, stop)
    at = found.end() if found else at
    indexes = context.names_between(at, stop)
    if not indexes or views.clean[at : context.names[indexes[0]].start].strip(' ,"'):
        return None
    items, after = take_list(context, indexes[0], stop)
    lead = tuple(p for item in items for p in context.parties_of(item, start))
    cooperate = find_cooperators(context, after, stop, start)
    rest = views.folded[after:stop].strip(" ,.:)")
    if cooperate:
        rest = re.sub(r"^.*phoi hop.*?(?:thuc hien|trien khai)?$", "", rest)
    if len(rest.split()) > 8 or (rest and _acts(context, after, stop)):
        return None
    return Actors(lead, cooperate, after, "heading")


def stands_above(context: Context, block: Block, following: Block | None, actors: Actors | None) -> bool:
    """ "IV. UBND các xã, thị trấn" above a paragraph: a heading of nothing but names."""
    if actors is None or following is None or not block.level < following.level == PLAIN_LEVEL:
        return False
    return not context.views.clean[actors.after : block.end].strip(" .*:")


def may_stand_alone(context: Context, block: Block, following: Block | None) -> bool:
    """Whether the block is an item of work, and no heading, in a document that gives orders."""
    words = context.views.clean[block.start : block.end]
    titled = words.upper() == words or len(words.split()) < 5 or is_deeper(following, block)
    has_goals = context.header.genre is Genre.PLAN  # and they name nobody
    ordering = context.header.kind is not DocumentKind.PRESS and not has_goals
    return block.level < PLAIN_LEVEL and ordering and not titled


def order_within(context: Context, sentence: Span) -> Span | None:
    """ "… với nội dung: Giao Sở A …": the order; what was said before it is no part of it."""
    found = _ORDER_WITHIN.search(context.views.clean, sentence.start, sentence.end)
    return trimmed(context.views, Span(found.end(), sentence.end)) if found else None


def is_title(context: Context, block: Block) -> bool:
    """ "II. TỔ CHỨC THỰC HIỆN" above items: it names nobody and asks for nothing."""
    words = context.views.clean[block.start : block.end]
    short = words.isupper() and len(words.split()) <= _LONGEST_TITLE
    return short and listed_addressees(context, block.start, block.end) is None


def _acts(context: Context, start: int, stop: int) -> bool:
    views = context.views
    words = re.finditer(r"[^\W\d_]+", views.folded[start:stop])
    quiet = ("phu trach", "co du an", "chu tri", "thuc hien")
    rest = views.folded[start:stop].strip()
    if rest.startswith(quiet) and len(rest.split()) <= 6:
        return False
    return any(
        action_at(views, start + w.start(), stop) or modal_at(views, start + w.start(), stop) for w in words
    )


def dividing_colon(context: Context, start: int, end: int) -> int | None:
    """The first colon that divides the block, not one inside a list of names or a time."""
    views = context.views
    at = views.clean.find(":", start, end)
    while at >= 0 and (
        context.is_within_name(at)
        or views.clean[at + 1 : at + 2].isdigit()
        or _TIME_LABEL.search(views.folded, max(start, at - _LABEL_ROOM), at)
    ):
        at = views.clean.find(":", at + 1, end)
    if at < 0 or (_COLON_LEADS_ON.search(views.folded[start:at]) and views.clean[at + 1 : end].strip()):
        return None
    return at


def is_topic(context: Context, start: int, colon: int) -> bool:
    """ "Về chế độ báo cáo: …" names a subject matter; it is not part of the directive."""
    views = context.views
    words = views.folded[start:colon].split()
    if len(words) > 30 or ";" in views.clean[start:colon]:
        return False
    if action_at(views, start, colon) and " ".join(words[:2]) in ACTION_VERBS and len(words) > 12:
        return False
    return not find_actors(context, start, colon, start)
