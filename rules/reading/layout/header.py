"""The document itself: kind, number, date, issuer, title, from its own words.

Document date (labelling guideline §4): issuing date of a notice, date of the meeting for minutes,
publication date of a press report. What the text does not give stays None.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules.draft import DocumentKind, Genre
from rules.reading.layout.dated import ATTACHED, date_in
from rules.reading.layout.genre import TakenFor, genre_of, kind_of
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_NUMBER = re.compile(
    gaps(
        r"\bSố\s*:?\s*(?P<number>\d{1,5}\s*/\s*(?:\d{4}/)?[A-ZĐ][A-ZĐa-z0-9&]*(?:[-–][A-ZĐ0-9&.]+)*"
        r"|\d{1,5}\s*[-–]\s*[A-ZĐ]{2,4}/[A-ZĐ][A-ZĐa-z]{1,6}(?:[-–][A-ZĐ0-9&.]+)*)"
    )
)
_PUBLISHED = re.compile(gaps(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)"))
_TITLE_WORDS = re.compile(
    gaps(r"^\s*(?:THÔNG BÁO|BIÊN BẢN|PHIẾU [A-ZĐÀ-Ỹ ]+|PHỤ LỤC|Phụ lục|KẾT LUẬN|CÔNG VĂN)\b.*$"), re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a document says; ``issuer`` in the text's words."""

    kind: DocumentKind
    genre: Genre
    genre_reason: str
    number: str | None
    date: date | None
    issuer: str | None
    title: str
    issuer_lines: tuple[str, ...] = ()  # the letterhead, line by line


def header_of(views: Views, taken: TakenFor | None = None) -> Header:
    """Read the head of the document; ``taken`` is the genre that a person chose, None: as it looks."""
    taken = taken or genre_of(views)
    kind = kind_of(views, taken.genre)
    number = _NUMBER.search(_number_area(views, kind))
    return Header(
        kind=kind,
        genre=taken.genre,
        genre_reason=taken.reason,
        number=re.sub(r"\s+", "", number["number"]).replace("–", "-")
        if number and kind is not DocumentKind.PRESS
        else None,
        date=date_in(views, kind, taken.genre),
        issuer=_issuer(views, kind),
        title=_title(views, kind),
        issuer_lines=tuple(_letterhead(views)) if kind is not DocumentKind.PRESS else (),
    )


def _number_area(views: Views, kind: DocumentKind) -> str:
    attached = ATTACHED.search(views.folded[:3000])
    if kind is DocumentKind.TABLE and attached:
        return views.clean[attached.start() : attached.end()].replace("số", "Số")
    return views.clean[:1500]


def _issuer(views: Views, kind: DocumentKind) -> str | None:
    """The letterhead's last line: the office below the committee issues, not the committee."""
    if kind is DocumentKind.PRESS:
        return None
    if kind is DocumentKind.TABLE:
        attached = ATTACHED.search(views.folded[:3000])
        owner = re.search(gaps(r"\bcua\s+"), attached.group()) if attached else None
        if attached and owner:
            return " ".join(views.clean[attached.start() + owner.end() : attached.end()].split())
    return " ".join(_letterhead(views)) or None


def _letterhead(views: Views) -> list[str]:
    lines: list[str] = []
    for line in views.clean[:600].split("\n"):
        cell = re.split(r"\s{3,}|\t|CỘNG H[ÒO]A", line.strip())[0].strip()
        if not cell:
            if lines:
                break
            continue
        if cell.startswith(("Số", "Độc lập")) or not re.search(r"[^\W\d_]", cell) or _TITLE_WORDS.match(cell):
            break
        if cell.upper() != cell:
            break
        lines.append(cell)
    return lines


def _title(views: Views, kind: DocumentKind) -> str:
    if kind is DocumentKind.PRESS:
        lines = [line.strip() for line in views.clean.split("\n") if line.strip()]
        first = next((line for line in lines if not _PUBLISHED.match(line)), "")
        return first[:300] if len(first) < 300 else ""
    words = _TITLE_WORDS.search(views.clean[:2500])
    if not words:
        return ""
    below: list[str] = [" ".join(words.group().split())]
    for line in views.clean[words.end() :].split("\n")[1:5]:
        if (
            not line.strip()
            or line.strip().startswith("(")
            or re.match(gaps(r"\s*(?:Ngày|[IVX]{1,20}+\.|\d{1,20}+\.|Số)"), line)
        ):
            break
        below.append(" ".join(line.split()))
    return " ".join(below)[:400]
