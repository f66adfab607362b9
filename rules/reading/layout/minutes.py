"""Which blocks of minutes hold what was concluded, and which what somebody said (labelling guideline §1).

A conclusion is opened by its own words ("Chủ trì kết luận:", "CT chốt:", "=> Thống nhất:") or by the chair's
name before a colon. On a line of its own it holds what stands below; said on the spot it holds its line and
the bullets under it, until the next speaker ("Đ/c Hà (Sở A): đề nghị …") or item.
"""

import re

from rules.reading.layout.segments import PLAIN_LEVEL, Block
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.folding import fold
from rules.text.gaps import gaps

_OPENING = re.compile(
    gaps(
        r"^(?:\W*)(?:(?!thu ky|du thao|giao |van phong|vp )(?:(?!thong bao |bien ban "
        r"|du thao )[^.;:]){0,60}\bket luan\b|phan cong\b|giao nhiem vu|y kien chi dao)[^.;]{0,90}:?\s*"
    )
)
#: "CT chốt:", "Chủ trì chỉ đạo:", "=> Thống nhất:", "Đ/c Lâm (chủ trì) yêu cầu:".
_SETTLES = re.compile(
    gaps(
        r"\W{0,8}+(?:(?:(?:ct|pct|chu tich|pho chu tich|chu tri|chu toa|nguoi chu tri|lanh dao"
        r"|d/c|dong chi|ong|ba)\b"
        r"[^.;:]{0,50}?\s)?(?:chot(?: lai)?|thong nhat|chi dao|quyet dinh|giao viec|yeu cau)"
        r"(?: lai| nhu sau| cac viec| may viec)?)\s*:\s*"
    )
)
#: "B. Chủ tọa kết luận": a heading of minutes; a name may begin so too ("A. Phong").
_LETTERED = re.compile(r"^[a-h] ?[./)] (?=(?:[a-z]+ ){0,5}(?:ket luan|chi dao|phan cong|giao nhiem vu))")
_PERSON = (
    r"(?:[Đđ]/c|[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+){{0,4}})"
)
_CHAIR = re.compile(gaps(rf"(?:Chủ trì|CHỦ TRÌ|Chủ tọa|Chủ toạ)\s*:\s*{_PERSON}"))
_SPEAKER = re.compile(
    gaps(rf"\W{{0,8}}+(?:{_PERSON}|(?P<body>[{UPPER}][^:\n.;]{{1,60}}?))\s*(?:\([^)\n]{{1,60}}\))?\s*:")
)
_SHORTEST = 20
#: The least level of a bullet; an item below it is one of the meeting's agenda.
_BULLET = 6


def concluded_in(views: Views, blocks: list[Block]) -> list[Block]:
    """The blocks of every conclusion, in order; several items may each have one."""
    chair = _given_name(_CHAIR.search(views.clean))
    kept: list[Block] = []
    inside, level, spoken = False, PLAIN_LEVEL, False
    for block in blocks:
        text = _LETTERED.sub("", " ".join(views.folded[block.start : block.end].split()))
        opens = _opening_end(views, block, text, chair)
        if opens is None and inside and _ends(views, block, level, spoken):
            inside = False
        if opens is not None:
            rest = views.clean[opens : block.end].strip()
            inside, level, spoken = True, block.level, len(rest) > _SHORTEST
            if spoken:
                kept.append(
                    Block(block.end - len(views.clean[opens : block.end].lstrip()), block.end, block.level)
                )
        elif inside:
            kept.append(block)
    return kept


def _ends(views: Views, block: Block, level: int, spoken: bool) -> bool:
    """Whether a block is no part of the conclusion above it."""
    if block.level <= level < PLAIN_LEVEL:
        return True
    if not spoken:
        return False
    above = block.level < PLAIN_LEVEL == level and block.level < _BULLET
    return above or _SPEAKER.match(views.clean, block.start, block.end) is not None


def _opening_end(views: Views, block: Block, text: str, chair: str | None) -> int | None:
    """Where the words end that open a conclusion in the block, with their colon; None if it opens none."""
    opening = _OPENING.match(text)
    if opening and ("ket luan" in text[:90] or text.endswith(":")):
        colon = views.clean.find(":", block.start, block.end)
        return colon + 1 if colon >= 0 else block.end
    settles = _SETTLES.match(views.folded, block.start, block.end)
    if settles:
        return settles.end()
    speaker = _SPEAKER.match(views.clean, block.start, block.end) if chair else None
    return speaker.end() if speaker and _given_name(speaker) == chair else None


def _given_name(person: re.Match[str] | None) -> str | None:
    return fold(person["name"]).split()[-1] if person and person["name"] else None
