"""Who is named in a document: agencies, shared-head lists, roles, persons, back-references.

"UBND các huyện Thạnh Trị, Mỹ Tú, thị xã Ngã Năm" is three bodies, "các sở: Tài chính, Công Thương"
two; "ông Phong" and "Thư ký" are the agencies that the attendance list gives; "Sở này" waits for
its context (labelling guideline §3).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from rules.people.registry import Mention, RegistryView
from rules.reading.names.asked_lists import with_asked
from rules.reading.names.back_references import back_references_in
from rules.reading.names.cast import UNPLACED
from rules.reading.names.groups import groups_in
from rules.reading.names.identity import as_written
from rules.reading.names.lists import names_in_lists
from rules.reading.names.named import Named
from rules.reading.names.shorthands import department_names, place_names
from rules.reading.names.strangers import overlaps, unknown_agencies
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_TITLE = re.compile(
    gaps(
        r"(?:(?:cac |dong chi ){0,6}(?:(?:pho )?giam doc|(?:pho )?chu tich|thu truong"
        r"|(?:pho )?truong|tap the lanh dao"
        r"|lanh dao|chanh|bi thu|tap the|doi ngu can bo|can bo|nguoi dung dau|(?:pho )?chi cuc "
        r"truong|(?:pho )?cuc truong"
        r"|chi huy truong|tu lenh|tong giam doc|vien truong|doi truong|tran tuong|bo truong"
        r"|(?:pho )?hieu truong|(?:ban )?thuong truc|ban thuong vu|ban chap hanh|chinh quyen|cac thanh"
        r" vien|thanh vien|dai dien|dong chi)"
        r"(?: cua)?(?: (?:ubnd|uy ban nhan dan))?(?: cac)? "
        r"|(?:cac )?dong chi |(?:(?:cac )?dong chi )?pho )$".replace(" ", r"\s+")
    )
)
#: The last syllables of ``_TITLE``: few names have an office before them, and telling so is cheap.
_TITLE_ENDS = (
    "doc", "tich", "truong", "dao", "chanh", "thu", "the", "bo", "dau", "truc", "quyen", "vien",
    "dien", "chi", "cua", "pho", "lenh", "ubnd", "dan", "cac", "huy", "vu", "hanh",
)  # fmt: skip
_RELATED = re.compile(
    gaps(
        r"(?:\b(?:cac|mot so)\s+)?\b(?:so|ban|nganh|don vi|co quan|dia phuong|doan the|to chuc"
        r"|huyen|doanh nghiep)"
        r"(?:(?:,\s*|\s+va\s+|\s+)(?:so|ban|nganh|don vi|co quan|dia phuong|doan the|to chuc|huyen"
        r"|thi xa|thanh pho"
        r"|doanh nghiep|phong|cap|chuc nang)){0,66}\s+(?:co\s+)?lien\s+quan\b"
    )
)
_RELATED_END = re.compile(gaps(r"lien\s+quan\b"))
_LONGEST_RELATED = 200
_PERSON_WORD = re.compile(r"\w+")
#: Words of "đ/c" and five names, or of "cơ quan thường trực ban chỉ đạo", and some more.
_LONGEST_PERSON = 10
_BARE_LEVEL = {
    level: re.compile(
        gaps(rf"cap(?<!\wcap)(?<!ubnd cap)(?<!cua cap)\s+{level}(?=\s+(?:khong|phai|can|chua|tu|chu dong)\b)")
    )
    for level in ("huyen", "xa")
}
_UNITS_AND_PLACES = re.compile(
    gaps(
        r"\b(?:cac\s+)?(?:co quan,\s*)?don\s+vi(?:,|\s+va)\s+(?:cac\s+)?dia\s+phuong\b"
        r"|\bcac\s+nganh(?:,|\s+va)\s+(?:cac\s+)?dia\s+phuong\b"
    )
)
_OFFICES_OF_THE_COMMITTEE = re.compile(
    gaps(
        r"\bcac\s+(?:co\s+quan|don\s+vi)(?:,\s+don\s+vi)?(?:\s+chuyen\s+mon)?\s+(?:truc\s+)?thuoc"
        r"\s+(?:ubnd|uy\s+ban\s+nhan\s+dan)\s+(?:tinh|thanh\s+pho)\b"
    )
)
#: "các huyện ủy, thị ủy, thành ủy": every such committee, not the one that the register has.
_AMONG_COMMITTEES = re.compile(r"(?:thị|huyện) (?:ủy|uỷ),? (?:và )?thành (?:ủy|uỷ)$")
#: "UBND 19 xã có tỷ lệ trễ hạn cao": whatever they are to do.
_FEW = re.compile(r"\bUBND \d{1,3} (?:huyện|(?P<small>xã|phường))(?!\w)(?!,)")
_COUNTED = re.compile(
    r"(?<![\d,.] )\b(?:[Cc]ả |[Tt]ất cả )?\d{1,2} (?:(?:huyện|địa phương|thị xã)|(?P<small>xã"
    r"|phường))\b(?: [^\W\d_]+){0,5}?(?= (?:phải|cần)\b)"
)


def names_in(
    views: Views,
    view: RegistryView,
    persons: dict[str, str],
    known: Iterable[Mention],
    day: date | None = None,
) -> list[Named]:
    """All names of the document in order, without overlaps; the more specific reading wins.

    ``day`` is the document's: a body that was founded later is not meant.
    """
    found: list[Named] = []
    listed = [as_written(views, view, named, day) for named in names_in_lists(views, view)]
    known = list(known)
    whole = sorted((m.start, m.end) for m in known)
    _add(found, [named for named in listed if not (named.said and _reach_over(whole, named))])
    _add(found, _collectives(views, view))
    _add(found, _persons(views, persons))
    _add(found, [Named(start, end, (body,)) for start, end, body in place_names(views, view)])
    mentions = [as_written(views, view, _named(view, m), day) for m in known]
    _add(found, [m for m in mentions if not _is_content(views, m)])
    found = _widened(found, [Named(start, end, ids) for start, end, ids in groups_in(views, view)])
    _add(found, [Named(start, end, (body,)) for start, end, body in department_names(views, view)])
    _add(found, _counted(views, view))
    _add(found, back_references_in(views))
    taken = sorted((named.start, named.end) for named in found)
    strangers = unknown_agencies(views, view, taken)
    found = _outside(found, [(start, end) for start, end, _ in strangers])
    found += [Named(start, end, candidates=ids, stranger=True) for start, end, ids in strangers]
    ordered = sorted(found, key=lambda named: named.start)
    titled = [_with_title(views, named) for named in _members_of(views, view, ordered)]
    return with_asked(views, titled)


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
    if views.clean.endswith(("Chi ", "Tổng "), 0, named.start) and views.clean.startswith("cục", named.start):
        return True  # "Chi cục Quản lý thị trường" is not the Cục of that name
    if named.end - named.start <= 4 and views.clean[named.start].islower():
        return True
    if re.match(gaps(r"\s+nao\b"), after):
        return True
    if _AMONG_COMMITTEES.search(views.clean, max(0, named.start - 12), named.end):
        return True
    phrase = views.folded[named.start : named.end]
    return phrase.endswith("cong an") and re.match(gaps(r"\s+(?:huyen|xa|cap)\b"), after) is not None


def _add(found: list[Named], more: list[Named]) -> None:
    taken = sorted((named.start, named.end) for named in found)
    found += [n for n in more if not overlaps(taken, n.start, n.end)]


def _reach_over(known: list[tuple[int, int]], named: Named) -> bool:
    """Whether a known name covers a place to its end ("các huyện, thị xã ven biển")."""
    index = bisect_left(known, (named.end,)) - 1
    return index >= 0 and known[index][1] >= named.end


def _widened(found: list[Named], groups: list[Named]) -> list[Named]:
    """A group takes the place of the shorter names in it; where a name reaches out of it, that name stays."""
    for group in groups:
        within = [n for n in found if n.start < group.end and group.start < n.end]
        start = min((n.start for n in within), default=group.start)  # "Thủ trưởng các sở, ban, ngành"
        reached = max((n.end for n in within), default=group.start)
        shorter = reached < group.end or (reached == group.end and (start > group.start or len(within) > 1))
        if shorter:
            found = [n for n in found if n not in within]
            found.append(replace(group, start=min(start, group.start)))
    return found


def _outside(found: list[Named], spans: list[tuple[int, int]]) -> list[Named]:
    """The names that no longer one has taken in ("Đảng ủy Công an tỉnh")."""
    return [named for named in found if not overlaps(spans, named.start, named.end)]


def _collectives(views: Views, view: RegistryView) -> list[Named]:
    """ "các đơn vị, địa phương" is two collectives; anything "(có) liên quan" is the open one."""
    found: list[Named] = []
    related = view.resolve("các cơ quan, đơn vị liên quan").body_id
    if related:
        found += [Named(start, end, (related,)) for start, end in _related(views.folded)]
    for level in ("huyen", "xa"):
        body_id = view.resolve(f"ubnd cap {level}").body_id
        if body_id and view.is_valid(body_id):
            bare = _BARE_LEVEL[level].finditer(views.folded)
            found += [Named(m.start(), m.end(), (body_id,)) for m in bare]
    both = [view.resolve(name).body_id for name in ("các sở, ngành", "các địa phương")]
    if all(both):
        ids = tuple(body_id for body_id in both if body_id)
        _add(found, [Named(m.start(), m.end(), ids) for m in _UNITS_AND_PLACES.finditer(views.folded)])
        offices = _OFFICES_OF_THE_COMMITTEE.finditer(views.folded)
        _add(found, [Named(m.start(), m.end(), ids[:1]) for m in offices])
    return found


def _related(folded: str) -> list[tuple[int, int]]:
    """Where "các sở, ngành (có) liên quan" stands, looked for backwards from its last word."""
    found: list[tuple[int, int]] = []
    for end in _RELATED_END.finditer(folded):
        earliest = max(0, end.start() - _LONGEST_RELATED)
        stop = max(folded.rfind(mark, earliest, end.start()) for mark in ".;")
        begin = max(stop, earliest, found[-1][1] if found else 0, 0)
        whole = _RELATED.search(folded, begin, end.end())
        if whole:
            found.append(whole.span())
    return found


def _counted(views: Views, view: RegistryView) -> list[Named]:
    """ "03 huyện còn nợ danh sách phải …": some of the places, which the collective stands for."""
    found: list[Named] = []
    for m in chain(_FEW.finditer(views.clean), _COUNTED.finditer(views.clean)):
        names = ("UBND cấp xã", "các xã, phường") if m["small"] else ("các địa phương",)
        ids = [
            body_id for name in names if (body_id := view.resolve(name).body_id) and view.is_valid(body_id)
        ]
        _add(found, [Named(m.start(), m.end(), tuple(ids[:1]), counted=True)])
    return found


def _persons(views: Views, persons: dict[str, str]) -> list[Named]:
    """Where the persons stand; looked up by their first words, for a text may introduce thousands."""
    if not persons:
        return []
    firsts = "|".join(sorted({re.escape(name.split()[0]) for name in persons}))
    found: list[Named] = []
    for first in re.compile(rf"(?<!\w)(?:{firsts})(?!\w)", re.IGNORECASE).finditer(views.clean):
        start = first.start()
        if found and start < found[-1].end:
            continue
        words = islice(_PERSON_WORD.finditer(views.clean, start), _LONGEST_PERSON)
        for end in reversed([word.end() for word in words]):
            body_id = persons.get(views.clean[start:end].lower())
            if body_id and body_id.startswith(UNPLACED):
                said = body_id.removeprefix(UNPLACED)
                found.append(Named(start, end, stranger=True, said=said, titled=True))
                break
            if body_id:
                found.append(Named(start, end, (body_id,), titled=True))
                break
    return found


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
    said = views.text[named.start : named.end] if named.stranger and not named.said else named.said
    return replace(named, start=at, titled=True, said=said and " ".join(said.split()))
