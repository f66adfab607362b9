"""The numbers that Word prints before list paragraphs and does not store in them.

A reader that loses "2.1" loses who is told what. The resolver walks from the paragraph through its
chain of styles to ``numPr``, then num -> abstractNum -> level, counts per level and resets deeper
levels; ``lvlOverride`` restarts are honoured.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = "%1."


@dataclass
class _List:
    """Levels of one ``num``; lists that share an abstract one go on counting together."""

    abstract_id: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class NumberingResolver:
    """Gives each paragraph, asked in document order, the label Word shows before it."""

    def __init__(self, document: Any) -> None:
        self._lists = dict(_read_lists(document))
        self._styles = {style.style_id: style for style in document.styles}
        self._counters: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """The label with its text ("2.1.", "a)", "-"), or "" for a paragraph without a number."""
        num_id, level = self._number_of(paragraph)
        entry = self._lists.get(num_id or "")
        if entry is None or num_id is None or level not in entry.levels:
            return ""
        if entry.levels[level].format == "none":
            return ""
        self._count(num_id, entry, level)
        if entry.levels[level].format == "bullet":
            return "-"
        text = entry.levels[level].text
        for index in range(level + 1):
            count = self._counters.get((entry.abstract_id, index), entry.levels.get(index, _Level()).start)
            text = text.replace(f"%{index + 1}", formatted(count, entry.levels.get(index, _Level()).format))
        return text

    def _count(self, num_id: str, entry: _List, level: int) -> None:
        if level in entry.restarts and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            self._counters[entry.abstract_id, level] = entry.restarts[level] - 1
        key = (entry.abstract_id, level)
        self._counters[key] = self._counters.get(key, entry.levels[level].start - 1) + 1
        for abstract_id, deeper in list(self._counters):
            if abstract_id == entry.abstract_id and deeper > level:
                del self._counters[abstract_id, deeper]

    def _number_of(self, paragraph: Any) -> tuple[str | None, int]:
        """numId and level from the paragraph, else from the nearest style that has them."""
        properties = paragraph._p.pPr
        num_id, level = _num_pr(properties)
        style = paragraph.style
        seen: set[str] = set()
        while style is not None and style.style_id not in seen and (num_id is None or level is None):
            seen.add(style.style_id)
            style_id, style_level = _num_pr(style.element.find(qn("w:pPr")))
            num_id = num_id if num_id is not None else style_id
            level = level if level is not None else style_level
            style = style.base_style
        return (None if num_id == "0" else num_id), level or 0


def _num_pr(properties: Any) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    num_pr = properties.find(qn("w:numPr"))
    if num_pr is None:
        return None, None
    num, level = num_pr.find(qn("w:numId")), num_pr.find(qn("w:ilvl"))
    return (
        num.get(qn("w:val")) if num is not None else None,
        int(level.get(qn("w:val"))) if level is not None else None,
    )


def _read_lists(document: Any) -> Iterator[tuple[str, _List]]:
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    abstracts = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
    for num in root.findall(qn("w:num")):
        reference = num.find(qn("w:abstractNumId"))
        abstract = abstracts.get(reference.get(qn("w:val"))) if reference is not None else None
        if abstract is None:
            continue
        entry = _List(reference.get(qn("w:val")))
        for level in abstract.findall(qn("w:lvl")):
            entry.levels[int(level.get(qn("w:ilvl")))] = _read_level(level)
        for override in num.findall(qn("w:lvlOverride")):
            index = int(override.get(qn("w:ilvl")))
            start = override.find(qn("w:startOverride"))
            own = override.find(qn("w:lvl"))
            if own is not None:
                entry.levels[index] = _read_level(own)
            if start is not None:
                entry.restarts[index] = int(start.get(qn("w:val")))
        yield num.get(qn("w:numId")), entry


def _read_level(element: Any) -> _Level:
    def value(tag: str, default: str) -> str:
        child = element.find(qn(tag))
        return str(child.get(qn("w:val"), default)) if child is not None else default

    return _Level(int(value("w:start", "1")), value("w:numFmt", "decimal"), value("w:lvlText", "%1."))


def formatted(count: int, number_format: str) -> str:
    """A count in one of Word's number formats."""
    if number_format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format == "decimalZero":
        return f"{count:02d}"
    return str(count)


_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_NUMERALS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")


def _roman(count: int) -> str:
    numerals = list(zip(_VALUES, _NUMERALS, strict=True))
    written = ""
    for value, numeral in numerals:
        while count >= value:
            written += numeral
            count -= value
    return written
