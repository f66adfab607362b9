"""What a printed page carries at its head and foot and the text does not: page numbers, running heads."""

import re
from collections import Counter

from flows.formats.table_rows import is_row
from rules.text.gaps import gaps

_PAGE_NUMBER = re.compile(
    gaps(r"(?P<sign>(?:[-–—.]\s*|trang\s+)?)(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?[-–—.\s]*"), re.IGNORECASE
)
_ITEM = re.compile(r"[-–+•*]\s|(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s")
_EDGE = 2
_FEWEST_PAGES = 3
_MOST_PAGES = 0.6


def without_edges(pages: list[str]) -> tuple[list[str], str]:
    """The lines of all pages in a row, and those that were left out because most pages repeat them."""
    numbered = [_without_page_number(page.splitlines(), place) for place, page in enumerate(pages, 1)]
    repeated = _repeated(numbered)
    lines: list[str] = []
    for place, page in enumerate(numbered, 1):
        lines += _without_page_number(_without_repeated(page, repeated), place)
    return lines, "\n".join(sorted(repeated))


def _without_page_number(lines: list[str], place: int) -> list[str]:
    first, last = 0, len(lines)
    while first < last and _is_page_number(lines[last - 1], place):
        last -= 1
    while first < last and _is_page_number(lines[first], place):
        first += 1
    return lines[first:last]


def _is_page_number(line: str, place: int) -> bool:
    """An empty line, "- 3 -", "Trang 3/7"; a bare number only if it is about this page's."""
    found = _PAGE_NUMBER.fullmatch(line.strip())
    if found is None:
        return not line.strip()
    return bool(found["sign"]) or abs(int(found["number"]) - place) <= 1


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines at the edge of most pages; where only numbers differ, they are one line."""
    edges = [{_form(line) for line in page[:_EDGE] + page[-_EDGE:] if not is_row(line)} for page in pages]
    seen = Counter(form for forms in edges for form in forms)
    enough = max(_FEWEST_PAGES, _MOST_PAGES * len(pages))
    return {form for form, count in seen.items() if count >= enough}


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _without_repeated(lines: list[str], repeated: set[str]) -> list[str]:
    last = len(lines) - _EDGE
    return [
        line
        for place, line in enumerate(lines)
        if _EDGE <= place < last or _form(line) not in repeated or _ITEM.match(line)
    ]
