"""Persons and roles of a document -> agencies, from what its own attendance list says.

Minutes speak of "ông Phong" and "Thư ký"; who they are stands in brackets or after a dash
(labelling guideline §3 and §6). Nothing is known of persons beyond the document.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rules.people.registry import Mention
from rules.reading.text.normalise import LOWER, UPPER, Views
from rules.text.gaps import LONGEST_GAP, gaps

_COURTESY = (
    r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[ac]\.|[Đđ]/c|[Đđ]ồng chí|[Bb]ác sĩ|[Kk]ỹ sư|[Tt]hạc sĩ|[Tt]iến sĩ)"
)
_WORD = rf"[{UPPER}][{LOWER}]+"
_RANK = r"(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu) (?:tá|úy|tướng)"
_PERSON = re.compile(
    gaps(rf"(?<!\w)(?P<courtesy>{_COURTESY}|{_RANK})\s+(?P<name>{_WORD}(?:\s+{_WORD}){{0,4}})")
)
_SECRETARY = re.compile(gaps(r"\b(?:thu ky)(?: cuoc hop| hoi nghi)?\s*[:(-]\s*[^\n;]{0,120}"))
_STANDING = re.compile(
    r"\b(?:co quan )?thuong truc(?: cua)? (?:ban chi dao|bcd)(?: tinh)?|\bco quan thuong truc\b"
)
_NEXT_PERSON = re.compile(gaps(r"[.;\n)]|,\s*(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\b"))
_FARTHEST_AGENCY = 110
#: "- là" between blanks: two gaps and the words.
_WIDEST_JOINT = 2 * LONGEST_GAP + 4
#: An office that no register has stands before the person's bracket: "P. VH-XH (c. Mai)".
_OFFICE_BEFORE = re.compile(
    r"(?:^|[,;:.(\n] ?)(?P<office>(?:P\.|Phòng|Ban|Trạm|TT|Trung tâm|Văn phòng|VP|CA|Công an|Đoàn|Hội"
    r"|Chi cục)"
    r" [^,;:()\n]{2,44}?) ?\($"
)
#: "- Trưởng phòng Tài nguyên và Môi trường", ", Chủ tịch UBND xã Tân Hưng": the office behind a name.
_OFFICE_HELD = re.compile(
    gaps(
        r"\s*[-–,(]\s*(?:Phó )?(?:[Tt]rưởng (?P<room>(?:phòng|ban|trạm|công an) [^,;:()\n]{2,60})"
        r"|(?:[Gg]iám đốc|[Cc]hủ tịch|[Cc]hánh|[Hh]iệu trưởng) (?P<of>[^\W\d_][^,;:()\n]{3,60}))"
    )
)
#: Marks the words of such an office among the ids of the cast.
UNPLACED = "?"
_ROLES = ("thư ký", "tổ trưởng", "trưởng đoàn")


def cast_of(views: Views, mentions: Iterable[Mention]) -> dict[str, str]:
    """Lower-case words ("ông phong", "thư ký") -> body id, as far as the document tells."""
    known = _Known(tuple(m for m in mentions if m.body_id))
    cast: dict[str, str] = {}
    for person in _PERSON.finditer(views.clean):
        body_id = _agency_of(views, known, person)
        if body_id:
            given = person["name"].split()[-1].lower()
            said = " ".join(person["courtesy"].lower().split())
            for courtesy in dict.fromkeys((said, "ông", "bà", "anh", "chị", "a.", "c.", "đ/c", "đồng chí")):
                cast.setdefault(f"{courtesy} {given}", body_id)
                cast.setdefault(f"{courtesy} {' '.join(person['name'].lower().split())}", body_id)
    _add_roles(views, known, cast)
    return cast


@dataclass(frozen=True)
class _Known:
    """Names of known bodies in the order of the text, found by where they stand."""

    names: tuple[Mention, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(m.start for m in self.names)

    @cached_property
    def _by_start(self) -> list[Mention]:
        return sorted(self.names, key=lambda m: m.start)

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(m.end for m in self.names)

    @cached_property
    def _by_end(self) -> list[Mention]:
        return sorted(self.names, key=lambda m: m.end)

    def beginning(self, first: int, last: int) -> list[Mention]:
        """Those that begin in ``[first, last]``."""
        return self._by_start[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    def ending(self, first: int, last: int) -> list[Mention]:
        """Those that end in ``[first, last]``."""
        return self._by_end[bisect_left(self._ends, first) : bisect_right(self._ends, last)]


def _agency_of(views: Views, known: _Known, person: re.Match[str]) -> str | None:
    """ "Sở Tài chính (bà Ngân)", "Ông Ân - Phó Giám đốc Sở X", "bà Lụa (SCT)"."""
    before = views.clean[max(0, person.start() - 3) : person.start()]
    if before.endswith(("(", "do ")):
        owners = known.ending(person.start() - 3, person.start())
        if owners:
            return owners[-1].body_id
        office = _OFFICE_BEFORE.search(views.clean[max(0, person.start() - 60) : person.start()])
        if office and before.endswith("("):
            return f"{UNPLACED}{' '.join(office['office'].split())}"
    farthest = person.end() + _FARTHEST_AGENCY
    stop = _NEXT_PERSON.search(views.clean, person.end(), farthest + LONGEST_GAP + 20)
    limit = stop.start() if stop else len(views.clean)
    after = views.clean[person.end() : person.end() + 3]
    if not re.match(gaps(r"\s*[-–,(]"), after):
        return None
    owners = known.beginning(person.end() + 1, min(limit, farthest) - 1)
    if owners:
        return owners[0].body_id
    held = _OFFICE_HELD.match(views.clean, person.end(), min(limit, farthest))
    if not held:
        return None
    room = held["room"]
    return f"{UNPLACED}{room[0].upper()}{room[1:]}" if room else f"{UNPLACED}{held['of']}"


def _add_roles(views: Views, known: _Known, cast: dict[str, str]) -> None:
    secretary = _SECRETARY.search(views.folded)
    if secretary:
        owners = known.beginning(secretary.start() + 1, secretary.end() - 1)
        if owners and owners[-1].body_id:
            cast["thư ký"] = owners[-1].body_id
            cast["thư ký cuộc họp"] = owners[-1].body_id
    standing = _standing_agency(views, known)
    if standing:
        for words in (
            "thường trực ban chỉ đạo",
            "cơ quan thường trực ban chỉ đạo",
            "cơ quan thường trực",
            "thường trực bcđ",
            "cơ quan thường trực bcđ",
        ):
            cast[words] = standing


def _standing_agency(views: Views, known: _Known) -> str | None:
    """The agency that the text itself calls the standing agency (guideline §3)."""
    for words in _STANDING.finditer(views.folded):
        start, end = words.span()
        for m in known.ending(start - _WIDEST_JOINT, start):
            if views.clean[m.end : start].strip().lower() in ("-", "–", "(", ",", "là", "(là"):
                return m.body_id
        for m in known.beginning(end, end + _WIDEST_JOINT):
            if views.clean[end : m.start].strip().lower() in ("-", "–", "(", ":", ",", "là", "(là", "- là"):
                return m.body_id
    return None
