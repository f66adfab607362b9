"""Names that share a head noun, each a body of its own.

"UBND các huyện Thạnh Trị, Mỹ Tú, thị xã Ngã Năm" is three bodies, "các sở: Tài chính, Công Thương"
two (labelling guideline §3).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.people.registry import RegistryView
from rules.reading.names.named import Named
from rules.reading.names.stranger_names import OTHER_HEAD
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.folding import one_sound
from rules.text.gaps import gaps

_BODY_HEADS = {
    "so": "so", "huyen": "cap-huyen", "thi xa": "cap-huyen", "tx": "cap-huyen", "tx.": "cap-huyen",
    "thanh pho": "cap-huyen", "tp": "cap-huyen", "tp.": "cap-huyen", "xa": "cap-xa", "phuong": "cap-xa",
    "h.": "cap-huyen", "thi tran": "cap-xa", "tinh": "tinh",
}  # fmt: skip
_HEAD = r"(?:so|huyen|thi xa|tx\.?|thanh pho|tp\.?|h\.|xa|phuong|thi tran|tinh)"
_PLACES = frozenset({"cap-huyen", "cap-xa", "tinh"})
_LEVELS = {
    "huyen": "huyện", "h.": "huyện", "thi xa": "thị xã", "tx": "thị xã", "tx.": "thị xã",
    "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố", "xa": "xã",
    "phuong": "phường", "thi tran": "thị trấn", "tinh": "tỉnh",
}  # fmt: skip
_PLACE = re.compile(rf"[{UPPER}][{LOWER}]*(?: [{UPPER}][{LOWER}]+){{1,3}}(?!\w)")
_LIST_HEAD = re.compile(
    gaps(
        rf"(?P<head>{_HEAD})(?:(?:, | va |, va ){_HEAD}){{0,12}}"
        rf"(?:(?: (?:ven bien|noi dong|dau nguon|ha nguon|trong vung|giap bien|giap ranh|sau(?: day)?))?"
        rf"(?: ?:| \()|:)?\s*(?<=[ :(\n])(?=\w)".replace(" ", r"\s+")
    )
)
_BEFORE_LIST = re.compile(
    gaps(
        r"(?:\b(?:chu tich |lanh dao )?(?:ubnd|uy ban nhan dan) )?"
        r"(?:(?P<plural>\b(?:cac|\d{1,2}|hai|ba|bon) )|\bnam )?\Z".replace(" ", r"\s+")
    )
)
_NAME_WORD = re.compile(r"[^\s,;:.()]+")
_NAME_WORDS = re.compile(gaps(r"\S+(?:\s+\S+){0,7}"))
_JOINT = re.compile(
    gaps(
        rf"\s*(?P<link>,\s*va\b|,|;"
        rf"|\bva\b)\s*(?:ubnd\s+)?(?:cac\s+)?(?:(?P<head>{_HEAD})(?!\w))?\s*:?\s*"
    )
)


@dataclass(frozen=True, slots=True)
class BareNames:
    """Names without their head noun -> body id; ``firsts`` rules out most words at once."""

    names: dict[str, str]
    firsts: frozenset[str]


def names_in_lists(views: Views, view: RegistryView) -> list[Named]:
    """Every member of every such list, in order."""
    bare = _bare_names(view)
    found: list[Named] = []
    reached = 0
    for head in _LIST_HEAD.finditer(views.folded):
        at = head.start()
        if at < reached or views.folded[at - 1 : at].isalnum():
            continue
        items = _list_items(views, bare, head)
        before = _BEFORE_LIST.search(views.folded, max(reached, at - 60), at) if items else None
        if before and (len(items) > 1 or before["plural"]):
            items[0] = replace(items[0], start=before.start())
            found += items
            reached = items[-1].end
    return found


def _list_items(views: Views, bare: dict[str, "BareNames"], head: re.Match[str]) -> list[Named]:
    kind, level = _kind_and_level(head["head"])
    folded = views.folded
    at = start = head.end()
    items: list[Named] = []
    while True:
        small = kind == "so" and items and views.clean[at : at + 1].islower()
        if small and views.clean[items[0].start : items[0].start + 1].isupper():
            return items  # "… gửi các sở: Tài chính, Nội vụ; xây dựng phương án": a verb, no department
        name = _longest_name(folded, at, bare[kind])
        unknown = _unknown_place(views, at) if name is None and kind in _PLACES else None
        if name is None and unknown is None:
            return items
        if name:
            end = name[0]
            items.append(Named(start, end, (name[1],)))
        else:
            assert unknown is not None
            end = unknown
            said = f"UBND {level} {' '.join(views.text[at:end].split())}"
            items.append(Named(start, end, stranger=True, said=said))
        joint = _JOINT.match(folded, end)
        if not joint:
            return items
        if joint["head"]:
            kind, level = _kind_and_level(joint["head"])
        at = joint.end()
        start = joint.end("link")
        start += len(folded[start:at]) - len(folded[start:at].lstrip())


@lru_cache(maxsize=256)
def _kind_and_level(head: str) -> tuple[str, str]:
    folded = " ".join(head.split())
    return _BODY_HEADS[folded], _LEVELS.get(folded, folded)


def _unknown_place(views: Views, at: int) -> int | None:
    """Where a place ends that the register does not have ("UBND các huyện: Châu Thành, Chợ Lách")."""
    place = _PLACE.match(views.clean, at)
    if place is None or (OTHER_HEAD.match(views.clean, at) and not place.group().startswith("Giao ")):
        return None  # "Giao Thủy" is a place, "Giao Sở" is none: its second word opens an agency
    return place.end() if not OTHER_HEAD.match(views.clean, at + len("Giao ")) else None


def _longest_name(folded: str, at: int, known: "BareNames") -> tuple[int, str] | None:
    first = _NAME_WORD.match(folded, at)
    if not first or one_sound(first.group()) not in known.firsts:
        return None
    words = _NAME_WORDS.match(folded, at)
    for piece in reversed(list(_NAME_WORD.finditer(folded, at, words.end() if words else at))):
        body_id = known.names.get(one_sound(" ".join(folded[at : piece.end()].split())))
        if body_id:
            return piece.end(), body_id
    return None


@lru_cache(maxsize=8)
def _bare_names(view: RegistryView) -> dict[str, "BareNames"]:
    """Kind -> names without their head noun, for bodies that exist in this view."""
    bare: dict[str, dict[str, str]] = {"so": {}, "cap-huyen": {}, "cap-xa": {}, "tinh": {}}
    prefix = re.compile(r"(?:ubnd )?(?:huyen|thi xa|tx\.?|thanh pho|tp\.?|h\.|xa|phuong|so) ")
    for name in view.registry.keys:
        if name.startswith("ubnd tinh "):
            for body_id in view.registry.lexicon[name]:
                bare["tinh"].setdefault(name.removeprefix("ubnd tinh "), body_id)
        head = prefix.match(name)
        if not head:
            continue
        for body_id in view.registry.lexicon[name]:
            kind = view.registry.get(body_id).kind
            if kind in bare and view.is_valid(body_id):
                bare[kind].setdefault(name[head.end() :], body_id)
    return {kind: BareNames(names, _first_words(names)) for kind, names in bare.items()}


def _first_words(names: dict[str, str]) -> frozenset[str]:
    return frozenset(found.group() for name in names if (found := _NAME_WORD.match(name)))
