"""Persons and roles of a document -> agencies, from what its own attendance list says.

Minutes speak of "ông Phong" and "Thư ký"; who they are stands in brackets or after a dash
(labelling guideline §3 and §6). Nothing is known of persons beyond the document.
"""

import re
from collections.abc import Iterable

from rules.gaps import gaps
from rules.reading.normalise import LOWER, UPPER, Views
from rules.registry import Mention

_COURTESY = r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]/c|[Đđ]ồng chí|[Bb]ác sĩ|[Kk]ỹ sư|[Tt]hạc sĩ|[Tt]iến sĩ)"
_WORD = rf"[{UPPER}][{LOWER}]+"
_RANK = r"(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu) (?:tá|úy|tướng)"
_PERSON = re.compile(
    gaps(rf"(?<!\w)(?P<courtesy>{_COURTESY}|{_RANK})\s+(?P<name>{_WORD}(?:\s+{_WORD}){{0,4}})")
)
_SECRETARY = re.compile(gaps(r"\b(?:thu ky)(?: cuoc hop| hoi nghi)?\s*[:(-]\s*[^\n;]{0,120}"))
_STANDING = re.compile(
    r"\b(?:co quan )?thuong truc(?: cua)? (?:ban chi dao|bcd)(?: tinh)?|\bco quan thuong truc\b"
)
_ROLES = ("thư ký", "tổ trưởng", "trưởng đoàn")


def cast_of(views: Views, mentions: Iterable[Mention]) -> dict[str, str]:
    """Lower-case words ("ông phong", "thư ký") -> body id, as far as the document tells."""
    known = [m for m in mentions if m.body_id]
    cast: dict[str, str] = {}
    for person in _PERSON.finditer(views.clean):
        body_id = _agency_of(views, known, person)
        if body_id:
            given = person["name"].split()[-1].lower()
            said = " ".join(person["courtesy"].lower().split())
            for courtesy in dict.fromkeys((said, "ông", "bà", "anh", "chị", "đ/c", "đồng chí")):
                cast.setdefault(f"{courtesy} {given}", body_id)
                cast.setdefault(f"{courtesy} {' '.join(person['name'].lower().split())}", body_id)
    _add_roles(views, known, cast)
    return cast


def _agency_of(views: Views, known: list[Mention], person: re.Match[str]) -> str | None:
    """ "Sở Tài chính (bà Ngân)", "Ông Ân - Phó Giám đốc Sở X", "bà Lụa (SCT)"."""
    before = views.clean[max(0, person.start() - 3) : person.start()]
    if before.endswith(("(", "do ")):
        owners = [m for m in known if 0 <= person.start() - m.end <= 3]
        if owners:
            return owners[-1].body_id
    stop = re.compile(gaps(r"[.;\n)]|,\s*(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\b")).search(views.clean, person.end())
    limit = stop.start() if stop else len(views.clean)
    after = views.clean[person.end() : person.end() + 3]
    if not re.match(gaps(r"\s*[-–,(]"), after):
        return None
    owners = [m for m in known if person.end() < m.start < min(limit, person.end() + 110)]
    return owners[0].body_id if owners else None


def _add_roles(views: Views, known: list[Mention], cast: dict[str, str]) -> None:
    secretary = _SECRETARY.search(views.folded)
    if secretary:
        owners = [m for m in known if secretary.start() < m.start < secretary.end()]
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


def _standing_agency(views: Views, known: list[Mention]) -> str | None:
    """The agency that the text itself calls the standing agency (guideline §3)."""
    for words in _STANDING.finditer(views.folded):
        for m in known:
            gap = (
                views.clean[words.end() : m.start]
                if m.start >= words.end()
                else views.clean[m.end : words.start()]
            )
            gap = gap.strip().lower()
            after = m.start >= words.end()
            if after and gap in ("-", "–", "(", ":", ",", "là", "(là", "- là"):
                return m.body_id
            if not after and m.end <= words.start() and gap in ("-", "–", "(", ",", "là", "(là"):
                return m.body_id
    return None
