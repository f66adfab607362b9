"""Work told before its bearer: "Việc … do Sở X chủ trì", "… giao Sở X thực hiện", "… (UBND huyện Mỹ Tú)".

The bearer is the lead although the clause opens with the work (labelling guideline §3).
"""

import re

from rules.draft import DocumentKind, Party, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.joined_names import find_cooperators, take_list
from rules.reading.clauses.subjects import Actors, opening_of
from rules.reading.text.words import action_at, modal_at
from rules.text.gaps import gaps

_NOMINAL = re.compile(
    r"(?:viec|nhiem vu|cong tac|noi dung|phan|rieng phan|kinh phi|ho so|du an|de an|du thao|cong trinh"
    r"|dau moi|trach nhiem)\b"
)
_BY = re.compile(
    gaps(
        r"\b(?:do|(?:duoc )?giao(?: cho)?|(?:duoc )?phan cong(?: cho)?|(?:thuoc|la) trach nhiem cua"
        r"|trach nhiem thuoc ve|thuoc ve"
        r"|dau moi la)\s+$".replace(" ", r"\s+")
    )
)
_ASKS_OF_NOBODY = re.compile(
    gaps(
        r"(?:[^.;:]{0,120}?,\s*)?(?:(?:pho )?chu tich|dong chi|ong|ba|lanh dao tinh"
        r"|(?:pho )?bi thu)\b[^.;:,]{0,60}?\s"
        r"(?:cung |con )?(?:yeu cau|de nghi|luu y)\s+(?:can |phai )?"
    )
)
_BEARS = re.compile(
    gaps(
        r"\s*(?:$|[,;.)]|(?:chu tri|thuc hien|dam nhan|dam nhiem|lam dau moi|chiu trach nhiem|phu trach"
        r"|tham muu|to chuc|trien khai)\b)"
    )
)


def visited_place(context: Context, part: Span) -> Actors | None:
    """ "…, đồng chí Chủ tịch yêu cầu tập trung …": in a report of one district, the district is told (§1)."""
    if context.header.kind is not DocumentKind.PRESS or context.focus is None:
        return None
    asks = _ASKS_OF_NOBODY.match(context.views.folded, part.start, part.end)
    if not asks or not action_at(context.views, asks.end(), part.end):
        return None
    lead = Party(context.view.registry.get(context.focus).name, context.focus)
    return Actors((lead,), (), asks.end(), "visited_place")


def entrusted(context: Context, start: int, end: int, alone: bool) -> Actors | None:
    """The bearer named after the work, or None. ``alone``: nobody was handed down to the clause."""
    views = context.views
    opening = opening_of(context, start, end)
    orders = alone and (action_at(views, opening, end) or modal_at(views, opening, end))
    if not orders and not _NOMINAL.match(views.folded, opening, end):
        return None
    if re.search(r"\bđã\b", views.clean[opening:end].lower()):
        return None
    for index in context.names_between(opening + 8, end):
        before = views.folded[opening : context.names[index].start]
        bracket = orders and before.rstrip().endswith("(")
        if context.is_upper(context.names[index]) or not (bracket or _BY.search(before)):
            continue
        items, after = take_list(context, index, end)
        if not _BEARS.match(views.folded, after, end):
            continue
        lead = tuple(p for item in items for p in context.parties_of(item, start))
        return Actors(lead, find_cooperators(context, after, end, start), after, "bearer_after_work")
    return None
