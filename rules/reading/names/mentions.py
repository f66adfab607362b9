"""Every name of the register in a text, from the folded view that the reader already has.

The same as ``RegistryView.mentions`` without folding the text again: reading is linear in its length.
"""

import re
from bisect import bisect_right

from rules.people.registry import Mention, RegistryView, Resolution
from rules.reading.text.normalise import Views
from rules.text.folding import one_sound
from rules.text.gaps import gaps

#: White space that is not one plain space, which most of a text has: the rest maps to itself. A hyphen
#: between words counts as space, so that "Lao động Thương binh" and "Lao động-Thương binh" are one name.
_GAP = re.compile(gaps(r"\s*-\s*|\s{2,}|[^\S ]"))


def mentions_in(views: Views, view: RegistryView) -> list[Mention]:
    """Known names, longest first at each place, on word boundaries."""
    text, starts, origins = _collapsed(one_sound(views.folded))
    best: dict[int, int] = {}
    for last, name in view.registry.automaton.iter(text):
        first = last - len(name) + 1
        if _is_whole_word(text, first, last + 1):
            best[first] = max(best.get(first, 0), last + 1)
    known: dict[str, Resolution] = {}
    found: list[Mention] = []
    reached = begun = 0
    for first in sorted(best):
        if first < reached:  # "Trưởng Ban Dân tộc tỉnh": the longer name that reaches out of a shorter one
            if best[first] <= reached or best[first] - first <= reached - begun:
                continue
            found.pop()
        begun = first
        reached = best[first]
        name = text[first:reached]
        if name not in known:
            known[name] = view.resolve(name)
        start = _origin(first, starts, origins)
        end = _origin(reached - 1, starts, origins) + 1
        meant = known[name]
        found.append(Mention(start, end, views.clean[start:end], meant.body_id, meant.candidates))
    return found


def _collapsed(folded: str) -> tuple[str, list[int], list[int]]:
    """White space as single spaces; where each run begins here and in the text."""
    pieces: list[str] = []
    starts, origins, length, at = [0], [0], 0, 0
    for gap in _GAP.finditer(folded):
        pieces += (folded[at : gap.start()], " ")
        length += gap.start() - at + 1
        at = gap.end()
        starts.append(length)
        origins.append(at)
    pieces.append(folded[at:])
    return "".join(pieces), starts, origins


def _origin(place: int, starts: list[int], origins: list[int]) -> int:
    run = bisect_right(starts, place) - 1
    return origins[run] + place - starts[run]


def _is_whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum() or after == "&")
