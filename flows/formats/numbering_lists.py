"""The lists that a Word file defines (``numbering.xml``): levels, formats, restarts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flows.formats.docx_colours import PAPER
from flows.formats.docx_look import look_of
from flows.formats.docx_parts import W
from flows.formats.work import MAX_LEVELS, counter

_LONGEST = 60  # what a level prints is repeated for each paragraph


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts and what it prints; ``restart_after`` None: any higher level restarts it."""

    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    legal: bool = False
    restart_after: int | None = None
    is_cut: bool = False  # it prints more than is kept
    is_faint: bool = False  # nobody finds what it prints


@dataclass(slots=True)
class NumberedList:
    """Levels of one ``num``; lists that share an abstract one go on counting together."""

    abstract_id: str
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)
    linked: dict[str, int] = field(default_factory=dict)  # style -> level


def read_lists(root: Any, list_of_style: Callable[[str], str | None]) -> dict[str, NumberedList]:
    """The lists by numId; ``list_of_style`` resolves an abstract list that only names a list style."""
    if root is None:
        return {}
    abstracts = {found.get(W + "abstractNumId"): found for found in root.iterfind(W + "abstractNum")}
    numbers = {found.get(W + "numId"): found for found in root.iterfind(W + "num")}
    lists = {}
    read: dict[str | None, NumberedList] = {}  # many numbers share one definition, which is read once
    for num_id, num in numbers.items():
        abstract = abstracts.get(_value(num, "abstractNumId"))
        style = _value(abstract, "numStyleLink")
        if style and (target := numbers.get(list_of_style(style))) is not None:
            abstract = abstracts.get(_value(target, "abstractNumId"))
        if num_id is not None and abstract is not None:
            number = abstract.get(W + "abstractNumId", "")
            if number not in read:
                read[number] = _read_list(abstract, number)
            lists[num_id] = _overridden(num, read[number])
    return lists


def _read_list(abstract: Any, number: str) -> NumberedList:
    """One definition; levels that Word does not know are none."""
    entry = NumberedList(number)
    for level in abstract.iterfind(W + "lvl"):
        index = counter(level.get(W + "ilvl"), 0)
        if index >= MAX_LEVELS:
            continue
        entry.levels[index] = _read_level(level)
        if style := _value(level, "pStyle"):
            entry.linked[style] = index
    return entry


def _overridden(num: Any, of: NumberedList) -> NumberedList:
    entry = NumberedList(of.abstract_id, dict(of.levels), {}, of.linked)
    for override in num.iterfind(W + "lvlOverride"):
        index = counter(override.get(W + "ilvl"), 0)
        own, start = override.find(W + "lvl"), _value(override, "startOverride")
        if own is not None and index < MAX_LEVELS:
            entry.levels[index] = _read_level(own)
        if start is not None and index < MAX_LEVELS:
            entry.restarts[index] = counter(start, 1)
    return entry


def _read_level(element: Any) -> Level:
    restart, legal = _value(element, "lvlRestart"), element.find(W + "isLgl")
    text, look = _value(element, "lvlText") or "", look_of(element.find(W + "rPr"))
    return Level(
        counter(_value(element, "start"), 1),
        _value(element, "numFmt") or "decimal",
        "%1." if element.find(W + "lvlText") is None else text[:_LONGEST],
        legal is not None and legal.get(W + "val") not in ("0", "false", "off"),
        None if restart is None else counter(restart, 0),
        len(text) > _LONGEST,
        bool(look.hidden) or look.is_faint(lambda: PAPER),
    )


def _value(element: Any, tag: str) -> str | None:
    child = element.find(W + tag) if element is not None else None
    return child.get(W + "val") if child is not None else None
