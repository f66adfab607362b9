"""Who is named in a document: agencies, shared-head lists, roles, persons, back-references.

"UBND các huyện Thạnh Trị, Mỹ Tú, thị xã Ngã Năm" is three bodies, "các sở: Tài chính, Công Thương"
two; "ông Phong" and "Thư ký" are the agencies that the attendance list gives; "Sở này" waits for
its context (labelling guideline §3).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.draft import Party, Span
from rules.folding import fold
from rules.reading.normalise import LOWER, UPPER, Views
from rules.reading.shorthands import department_names
from rules.reading.strangers import overlaps, unknown_agencies
from rules.registry import Mention, RegistryView

_BODY_HEADS = {
    "so": "so", "huyen": "cap-huyen", "thi xa": "cap-huyen", "tx": "cap-huyen", "tx.": "cap-huyen",
    "thanh pho": "cap-huyen", "tp": "cap-huyen", "tp.": "cap-huyen", "xa": "cap-xa", "phuong": "cap-xa",
    "h.": "cap-huyen", "thi tran": "cap-xa",
}  # fmt: skip
_HEAD = r"(?:so|huyen|thi xa|tx\.?|thanh pho|tp\.?|h\.|xa|phuong|thi tran)"
_LIST_HEAD = re.compile(
    rf"(?:\b(?:chu tich |lanh dao )?(?:ubnd|uy ban nhan dan) )?(?:\b(?:cac|\d{{1,2}}|hai|ba|bon|nam) )?"
    rf"\b(?P<head>{_HEAD})(?:(?:, | va |, va ){_HEAD})* ?:? (?=\w)".replace(" ", r"\s+").replace(
        r"\s+?", r"\s*"
    )
)
_JOINT = re.compile(
    rf"\s*(?P<link>,\s*va\b|,|;"
    rf"|\bva\b)\s*(?:ubnd\s+)?(?:cac\s+)?(?:(?P<head>{_HEAD})(?!\w))?\s*:?\s*"
)
_TITLE = re.compile(
    r"(?:(?:cac |dong chi |cac dong chi )*(?:(?:pho )?giam doc|(?:pho )?chu tich|thu truong"
    r"|(?:pho )?truong|tap the lanh dao"
    r"|lanh dao|chanh|bi thu|tap the|doi ngu can bo|can bo|nguoi dung dau|(?:pho )?chi cuc "
    r"truong|(?:pho )?cuc truong"
    r"|(?:pho )?hieu truong|thuong truc|chinh quyen|cac thanh vien|thanh vien|dai dien|dong chi)(?: cua)? "
    r"|(?:cac )?dong chi )$".replace(" ", r"\s+")
)
#: The last syllables of ``_TITLE``: few names have an office before them, and telling so is cheap.
_TITLE_ENDS = (
    "doc", "tich", "truong", "dao", "chanh", "thu", "the", "bo", "dau", "truc", "quyen", "vien",
    "dien", "chi", "cua",
)  # fmt: skip
_RELATED = re.compile(
    r"(?:\b(?:cac|mot so)\s+)?\b(?:so|ban|nganh|don vi|co quan|dia phuong|doan the|to chuc"
    r"|huyen|doanh nghiep)"
    r"(?:(?:,\s*|\s+va\s+|\s+)(?:so|ban|nganh|don vi|co quan|dia phuong|doan the|to chuc|huyen"
    r"|thi xa|thanh pho"
    r"|doanh nghiep|phong|cap|chuc nang))*\s+(?:co\s+)?lien\s+quan\b"
)
_UNITS_AND_PLACES = re.compile(
    r"\b(?:cac\s+)?(?:co quan,\s*)?don\s+vi(?:,|\s+va)\s+(?:cac\s+)?dia\s+phuong\b"
    r"|\bcac\s+nganh(?:,|\s+va)\s+(?:cac\s+)?dia\s+phuong\b"
)
_BACK_REFERENCE = re.compile(
    rf"\b(?:(?P<this>[Ss]ở|[Đđ]ơn vị|[Cc]ơ quan|[Bb]an|[Tt]rung tâm|[Hh]uyện|[Ll]iên minh"
    rf"|[Hh]ội|[Đđ]ịa phương|[Vv]ăn phòng) (?:này|trên|nói trên)"
    rf"|(?P<bare>Sở|Huyện|Thị xã|Thành phố|Ban|Liên minh|Hội|Trung tâm|Chi cục|Đài|Công ty|Quỹ"
    rf"|Địa phương|Đơn vị|Xã|Phường|Văn phòng|VP|Ban Chỉ đạo|BCĐ)(?! nào)(?= [{LOWER}])"
    rf"|(?P<group>Tổ công tác|Tổ giúp việc|Đoàn kiểm tra|Tổ|Đoàn)(?= [{LOWER}]|[.,;:]|$)"
    rf"|(?:(?<![^\W\d_] )|(?<= gì )|(?<= nào )|(?<=thì )|(?<=nếu )|(?<=Nếu )|(?<=mà ))(?P<told>huyện"
    rf"|thị xã|thành phố|xã|phường|sở|chi cục|trung tâm|liên minh|ban|hội|quỹ|đài|đơn vị"
    r"|địa phương)(?= (?:phải|cần|có trách nhiệm|có nhiệm vụ|chủ động|khẩn trương|sớm|tiếp tục"
    r"|tập trung|không được"
    r"|không để|tự|làm không|không (?:làm|xử lý|giải quyết)))"
    rf"|UBND (?P<office>huyện|thị xã|xã|phường)\b(?! [{UPPER}]|,| và )"
    rf"|(?<=của )(?P<low>huyện|thị xã|sở)\b(?! [{UPPER}])|(?<=với )(?P<with>huyện|sở|thị "
    rf"xã)\b(?! [{UPPER}])|(?<=để )(?P<so>Sở)\b(?! [{UPPER}]))"
)
_COUNTED = re.compile(
    r"(?<![\d,.] )\b\d{1,2} (?:(?:huyện|địa phương|thị xã)|(?P<small>xã"
    r"|phường))\b(?: [^\W\d_]+){0,5}?(?= (?:phải|cần)\b)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name at ``[start, end)``: the bodies it means, or a back-reference still to be resolved."""

    start: int
    end: int
    body_ids: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    refers_to: str | None = None  # folded head noun of a back-reference ("so", "huyen", "don vi")
    counted: bool = False  # "03 huyện": a part of the collective that the reader does not work out
    stranger: bool = False  # the register does not know it
    titled: bool = False  # a person's office stands before the name

    def parties(self, views: Views) -> tuple[Party, ...]:
        """One party per body; an unresolved name keeps its words and candidates."""
        span = Span(self.start, self.end)
        phrase = " ".join(views.text[self.start : self.end].split())
        if not self.body_ids:
            return (Party(phrase, None, span, self.candidates),)
        return tuple(Party(phrase, body_id, span) for body_id in self.body_ids)


def names_in(
    views: Views, view: RegistryView, persons: dict[str, str], known: Iterable[Mention]
) -> list[Named]:
    """All names of the document in order, without overlaps; the more specific reading wins."""
    found: list[Named] = []
    _add(found, _lists(views, view))
    _add(found, _collectives(views, view))
    _add(found, _persons(views, persons))
    mentions = [_named(view, m) for m in known]
    _add(found, [m for m in mentions if not _is_content(views, m)])
    _add(found, [Named(start, end, (body,)) for start, end, body in department_names(views, view)])
    _add(found, _counted(views, view))
    _add(found, _back_references(views))
    taken = sorted((named.start, named.end) for named in found)
    strangers = unknown_agencies(views, view, taken)
    found += [Named(start, end, candidates=ids, stranger=True) for start, end, ids in strangers]
    ordered = sorted(found, key=lambda named: named.start)
    return [_with_title(views, named) for named in _members_of(views, view, ordered)]


def _named(view: RegistryView, mention: Mention) -> Named:
    """A mention as a name; a bare "địa phương" after a reform means the places of that day."""
    body_id = mention.body_id
    if body_id and not view.is_valid(body_id):
        later = view.resolve(f"các {mention.phrase}").body_id
        body_id = later if later and view.is_valid(later) else body_id
    return Named(mention.start, mention.end, (body_id,) if body_id else (), mention.candidates)


def _is_content(views: Views, named: Named) -> bool:
    """A common noun that only looks like a name: "địa phương nào", "công an huyện"."""
    after = views.folded[named.end : named.end + 12]
    if named.end - named.start <= 4 and views.clean[named.start].islower():
        return True
    if re.match(r"\s+nao\b", after):
        return True
    phrase = views.folded[named.start : named.end]
    return phrase.endswith("cong an") and re.match(r"\s+(?:huyen|xa|cap)\b", after) is not None


def _add(found: list[Named], more: list[Named]) -> None:
    taken = sorted((named.start, named.end) for named in found)
    found += [n for n in more if not overlaps(taken, n.start, n.end)]


def _lists(views: Views, view: RegistryView) -> list[Named]:
    """Names that share a head noun, each a body of its own."""
    bare = _bare_names(view)
    found: list[Named] = []
    reached = 0
    for head in _LIST_HEAD.finditer(views.folded):
        if head.start() < reached:
            continue
        items = _list_items(views, bare, head)
        plural = re.search(r"\b(?:cac|\d{1,2}|hai|ba|bon)\s", head.group()) is not None
        if len(items) > 1 or (plural and items):
            items[0] = replace(items[0], start=head.start())
            found += items
            reached = items[-1].end
    return found


def _list_items(views: Views, bare: dict[str, dict[str, str]], head: re.Match[str]) -> list[Named]:
    kind = _BODY_HEADS[" ".join(head["head"].split())]
    folded = views.folded
    at = start = head.end()
    items: list[Named] = []
    while True:
        name = _longest_name(folded, at, bare.get(kind, {}))
        if name is None:
            return items
        end, body_id = name
        items.append(Named(start, end, (body_id,)))
        joint = _JOINT.match(folded, end)
        if not joint:
            return items
        if joint["head"]:
            kind = _BODY_HEADS[" ".join(joint["head"].split())]
        at = joint.end()
        start = joint.end("link")
        start += len(folded[start:at]) - len(folded[start:at].lstrip())


def _longest_name(folded: str, at: int, names: dict[str, str]) -> tuple[int, str] | None:
    words = re.compile(r"\S+(?:\s+\S+){0,7}").match(folded, at)
    if not words:
        return None
    pieces = list(re.finditer(r"[^\s,;:.()]+", words.group()))
    for count in range(len(pieces), 0, -1):
        end = pieces[count - 1].end()
        body_id = names.get(" ".join(words.group()[:end].split()))
        if body_id:
            return at + end, body_id
    return None


@lru_cache(maxsize=8)
def _bare_names(view: RegistryView) -> dict[str, dict[str, str]]:
    """Kind -> names without their head noun, for bodies that exist in this view."""
    bare: dict[str, dict[str, str]] = {"so": {}, "cap-huyen": {}, "cap-xa": {}}
    prefix = re.compile(r"(?:ubnd )?(?:huyen|thi xa|tx\.?|thanh pho|tp\.?|h\.|xa|phuong|so) ")
    for name, ids in view.registry.lexicon.items():
        head = prefix.match(name)
        if not head:
            continue
        for body_id in ids:
            kind = view.registry.get(body_id).kind
            if kind in bare and view.is_valid(body_id):
                bare[kind].setdefault(name[head.end() :], body_id)
    return bare


def _collectives(views: Views, view: RegistryView) -> list[Named]:
    """ "các đơn vị, địa phương" is two collectives; anything "(có) liên quan" is the open one."""
    found: list[Named] = []
    related = view.resolve("các cơ quan, đơn vị liên quan").body_id
    if related:
        found += [Named(m.start(), m.end(), (related,)) for m in _RELATED.finditer(views.folded)]
    for level in ("huyen", "xa"):
        body_id = view.resolve(f"ubnd cap {level}").body_id
        if body_id and view.is_valid(body_id):
            bare = re.compile(
                rf"(?<!ubnd )(?<!cua )\bcap\s+{level}(?=\s+(?:khong|phai|can|chua|tu"
                rf"|chu dong)\b)"
            )
            found += [Named(m.start(), m.end(), (body_id,)) for m in bare.finditer(views.folded)]
    both = [view.resolve(name).body_id for name in ("các sở, ngành", "các địa phương")]
    if all(both):
        ids = tuple(body_id for body_id in both if body_id)
        _add(found, [Named(m.start(), m.end(), ids) for m in _UNITS_AND_PLACES.finditer(views.folded)])
    return found


def _counted(views: Views, view: RegistryView) -> list[Named]:
    """ "03 huyện còn nợ danh sách phải …": some of the places, which the collective stands for."""
    return [
        Named(m.start(), m.end(), (body_id,) if body_id else (), counted=True)
        for m in _COUNTED.finditer(views.clean)
        for body_id in [view.resolve("các xã, phường" if m["small"] else "các địa phương").body_id]
    ]


def _persons(views: Views, persons: dict[str, str]) -> list[Named]:
    if not persons:
        return []
    names = "|".join(sorted((re.escape(name) for name in persons), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
    return [
        Named(m.start(), m.end(), (persons[" ".join(m.group().lower().split())],), titled=True)
        for m in pattern.finditer(views.clean)
    ]


def _back_references(views: Views) -> list[Named]:
    return [
        Named(m.start(), m.end(), refers_to=fold(next(g for g in m.groups() if g)))
        for m in _BACK_REFERENCE.finditer(views.clean)
    ]


def _members_of(views: Views, view: RegistryView, ordered: list[Named]) -> list[Named]:
    """ "các thành viên Tổ giúp việc" is the team, not the members of the committee."""
    kept: list[Named] = []
    for named in ordered:
        before = kept[-1] if kept else None
        if before and before.body_ids and not views.clean[before.end : named.start].strip():
            words = views.folded[before.start : before.end]
            if words.endswith("thanh vien") and (named.body_ids or named.refers_to):
                kept[-1] = replace(named, start=before.start)
                continue
        kept.append(named)
    return kept


def _with_title(views: Views, named: Named) -> Named:
    """Take the office before a name ("Giám đốc", "lãnh đạo", "đội ngũ cán bộ") into the name."""
    window = max(0, named.start - 60)
    before = views.folded[window : named.start]
    title = _TITLE.search(before) if before.rstrip().endswith(_TITLE_ENDS) else None
    starts = re.match(
        r"(?:pho )?(?:chu tich|chanh|thuong truc|lanh dao)", views.folded[named.start : named.end]
    )
    if not title:
        return replace(named, titled=True) if starts else named
    at = window + title.start()
    words = views.clean[at : named.start].lower()
    if at > 0 and views.folded[at - 1].isalnum() or "\t" in words or "trường" in words:
        return named  # another cell, or a school ("trường") before the name
    return replace(named, start=at, titled=True)
