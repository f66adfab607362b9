"""The date of a document, from where a date of issue stands; else nobody knows it (issue 14).

Issuing date of a notice, date of the meeting for minutes, publication of a press report (labelling
guideline §4). A deadline, a period or the date of a cited paper is never the document's.
"""

import re
from collections.abc import Iterator
from datetime import date

from rules.draft import DocumentKind, Genre
from rules.reading.dates.dates import DAY, day_of, valid
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

ATTACHED = re.compile(
    r"kem theo (?:cong van|quyet dinh|ke hoach|thong bao|van ban|chuong trinh)\b[^)\n]{0,200}"
)
_SPELT = re.compile(gaps(r"(?<!\w)ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})"))
_SIGNS = re.compile(gaps(r"(?<![\d/.-])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])"))
_HEAD = 2500
#: What stands before a date of issue on its line: nothing, a place and a comma, hours, a weekday, a source.
_BEFORE_ISSUE = re.compile(
    gaps(
        r"(?:[^\W\d_][^\n;:.()]{0,60},|[^\n]{0,80}\t|[^\n]{0,90}\s{2,}(?:[^\W\d_][^\n;:.()]{1,30},)?"
        r"|[^\n]{0,60}(?:hoi|luc)?\s+\d{1,2}\s*(?:gio|h|:)\s*\d{0,2}(?:\s*phut)?,?(?:\s+ngay)?"
        r"|(?:thu \w+|chu nhat),?(?:\s+ngay)?|(?:dang|cap nhat|xuat ban)(?: luc| ngay)?:?"
        r"|\([a-z.]{2,8}\)\s*-?|-)?"
        r"\s*(?:ngay)?\s*"
    )
)
#: A limit, a period or a cited paper: the date behind it is its own.
_OTHERS = re.compile(
    gaps(
        r"\b(?:truoc|den|het|(?<!thu )(?<!/)tu(?!,)|cham nhat|trong|vao|toi|sau|ke tu"
        r"|tinh den|hoan thanh|han|qua|"
        r"cong van|van ban|quyet dinh|nghi quyet|thong bao|ke hoach|to trinh|bao cao|chi thi|ket luan)\b"
        r"[^\n,]{0,30},?\s*(?:ngay\s*)?$|\bso\s*:?\s*\S{1,30}\s*,?\s*(?:ngay\s*)?$"
    )
)
_SIGNED = re.compile(gaps(rf"(?:thời gian ký|ngày ký|ngày ban hành|ký ngày)\s*:?\s*{DAY}"))
_IN_TITLE = re.compile(gaps(rf"\(\s*(?:so\s*)?\d{{1,5}}/[a-z-]{{2,20}},?\s*(?:ngay\s*)?{DAY}\s*\)"))
_HELD = re.compile(gaps(rf"(?:thoi gian|bat dau|vao luc|hom nay|hop ngay)[^\n]{{0,60}}?{DAY}"))
_MEETING = re.compile(gaps(rf"(?:^|\n)\s*(?:hop|lam viec)\b[^\n]{{0,60}}?{DAY}"))
#: "(8h00, thứ Tư ngày 03/12/2025, phòng họp lầu 1)", "BIÊN BẢN HỌP GIAO BAN (03/12/2025)".
_SITTING = re.compile(
    gaps(
        rf"(?:^|\n)\s*(?:\(?[^\n\d]{{0,30}}?(?:\d{{1,2}}\s*[hg:]\s*\d{{0,2}}|thu \w{{2,4}}|chu nhat)"
        rf"|(?:bien ban|ghi nhanh|ghi chep|ghi chu)\b)(?![^\n]{{0,60}}?\b(?:truoc|han"
        rf"|den)\b)[^\n]{{0,60}}?{DAY}"
    )
)
_GIVEN = re.compile(gaps(rf"ngay (?:giao|chuyen|ky|lap)\s*:?\s*{DAY}"))
_LIMIT = re.compile(gaps(r"\b(?:truoc|den|het|(?<!thu )tu|nhat|toi|sau)\s*(?:ngay\s*)?$"))
_CLOCK = re.compile(gaps(r"\s*[-|,]?\s*\d{1,2}\s*[:hg]\s*\d{2}"))
_CLOCK_BEFORE = re.compile(gaps(r"\d{1,2}\s*[:hg]\s*\d{2}(?:'|,|\s|-|thu \w{2,4}|chu nhat|ngay){0,8}$"))
#: "Ngày 21/9/2022, UBND tỉnh có Công văn …": a press report opens with the day of what it tells.
_DATELINE = re.compile(
    gaps(
        rf"(?:^|\n|\)\s*-?|\.\s)\s*(?:(?:sang|chieu|toi|trua|trong)\s+)?(?:ngay\s+)?{DAY}\s*"
        rf"(?![^.\n]{{0,60}}nhan duoc)(?:,|,?\s(?:tai|chu tich|ubnd|pho))"
    )
)


def date_in(views: Views, kind: DocumentKind, genre: Genre) -> date | None:
    """The date of the document, or None where the text gives none."""
    head = views.folded[:_HEAD]
    if genre is Genre.PRESS and kind is DocumentKind.PRESS:
        return _published(head[:900]) or _issued(views, head[:400], _SPELT) or _dateline(head[:900])
    special = _special(views, kind)
    if special:
        return special
    return (
        _issued(views, head, _SPELT)
        or _first(_SIGNED, views.text[:_HEAD].lower())
        or _first(_SIGNED, views.text[-1500:].lower())
        or _first(_IN_TITLE, head[:600])
        or (_issued(views, head[:600], _SIGNS) if kind is not DocumentKind.TABLE else None)
        or (_first(_MEETING, head) if kind is DocumentKind.MINUTES else None)
        or (_first(_SITTING, head[:700]) if kind is DocumentKind.MINUTES else None)
    )


def _special(views: Views, kind: DocumentKind) -> date | None:
    """Where minutes, slips and annexes have their date."""
    folded = views.folded
    if kind is DocumentKind.MINUTES:
        return _first(_HELD, folded[:_HEAD])
    if kind is DocumentKind.SLIP:
        return _first(_GIVEN, folded)
    attached = ATTACHED.search(folded[:3000])
    if kind is DocumentKind.TABLE and attached:
        day = re.compile(DAY).search(folded, attached.start(), attached.end())
        return day_of(day, None) if day else None
    return None


def _first(pattern: re.Pattern[str], folded: str) -> date | None:
    found = pattern.search(folded)
    return day_of(found, None) if found else None


def _issued(views: Views, head: str, pattern: re.Pattern[str]) -> date | None:
    """The first such date that stands where a date of issue does."""
    for found in pattern.finditer(head):
        day = valid(int(found[3]), int(found[2]), int(found[1]))
        if day and _stands_free(head, found):
            return day
    return None


def _published(head: str) -> date | None:
    """Of a press report: a day with its hour, or a short line that holds a day and is no sentence."""
    for found in _SIGNS.finditer(head):
        start = head.rfind("\n", 0, found.start()) + 1
        end = head.find("\n", found.end())
        line = head[start : end if end >= 0 else len(head)].strip()
        timed = _CLOCK.match(head, found.end()) or _CLOCK_BEFORE.search(head, start, found.start())
        alone = len(line) <= 60 and line[-1:] not in ".;:"
        day = valid(int(found[3]), int(found[2]), int(found[1]))
        near = head[max(start, found.start() - (14 if timed else 80)) : found.start()]
        if day and (timed or alone) and not (_LIMIT if timed else _OTHERS).search(near):
            return day
    return None


def _stands_free(head: str, found: re.Match[str]) -> bool:
    start = head.rfind("\n", 0, found.start()) + 1
    before = head[max(start, found.start() - 120) : found.start()]
    after = head[found.end() : found.end() + 12]
    if _OTHERS.search(before) or re.match(gaps(r"\s*(?:den|-|–)\s*\d{1,2}\s*[/.-]"), after):
        return False
    return _BEFORE_ISSUE.fullmatch(before) is not None


def _dateline(head: str) -> date | None:
    return next(_days(_DATELINE, head), None)


def _days(pattern: re.Pattern[str], head: str) -> Iterator[date]:
    for found in pattern.finditer(head):
        if day := day_of(found, None):
            yield day
