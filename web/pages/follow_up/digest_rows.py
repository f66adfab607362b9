"""The rows of the report's page: as many a section as the policy says, set close when they are many.

A section of several groups shows that many in all, shared out fairly; its headings still count every row.
A full report is to fit four sheets of paper: then each task is one line, and only the most pressing
decisions keep all that was said of them. A policy that asks for more rows than four sheets have (issue 10,
line 11) gets as many in each section as still fit; the letter shows what it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from notifications.letters.kit.filters import shorten
from notifications.letters.kit.rows import LetterRows, Section, ShownRow

#: From so many rows on the report is set close; one with all its facts takes the paper of several.
CLOSE_FROM = 80
_WITH_FACTS = 6
_IN_FULL = 3  # decisions of a close report that keep their facts
_FACT, _RULE = 90, 100  # characters of each there: one line on paper
#: What the rows of a close page may weigh, what one of them weighs beside its title, and the bytes of a
#: character, nearly: a page of any province is to weigh 60 kB at most.
_WEIGHT, _MARKUP, _CHARACTER = 52_000, 185, 1.4
_TITLES = range(24, 57)  # characters of a title there
_MOST_ROWS = 240  # of all sections: what four sheets hold, a line each, beside the headings


@dataclass(frozen=True, slots=True)
class DigestSheet:
    """The sections as the page sets them; ``close`` if each row has to do with one line."""

    sections: tuple[Section, ...]
    close: bool


def report_of(sections: Sequence[Section], most: int) -> DigestSheet:
    """The sections with at most ``most`` rows each, fewer where all of them would not fit the paper."""
    rows = [sum(len(group.rows) for group in section.groups) for section in sections]
    fitting = min(most, max(shared(rows, _MOST_ROWS), default=0))
    shown = tuple(_within(section, fitting) for section in sections)
    close = sum(map(_weight, shown)) >= CLOSE_FROM
    titles = _title_limit(sum(section.shown for section in shown))
    return DigestSheet(tuple(_set_close(section, titles) for section in shown) if close else shown, close)


def same(rows: Sequence[Any]) -> list[list[Any]]:
    """Rows next to each other that say the same of several bodies: one directive to a collective."""
    return [list(alike) for _, alike in groupby(rows, key=lambda row: (row.title, row.mark, row.facts))]


def _weight(section: Section) -> int:
    rows = [row for group in section.groups for row in group.rows]
    return sum(_WITH_FACTS if isinstance(row, ShownRow) and row.facts else 1 for row in rows)


def _within(section: Section, most: int) -> Section:
    """The section with ``most`` rows in all, each group with its count."""
    shares = shared([len(group.rows) for group in section.groups], most)
    parts = zip(section.groups, shares, strict=True)
    groups = tuple(replace(group, rows=group.rows[:share], total=group.count) for group, share in parts)
    return replace(section, groups=groups)


def shared(sizes: Sequence[int], most: int) -> list[int]:
    """How much of each size is taken, ``most`` in all: by turns, until the small ones have no more."""
    taken, left = [0] * len(sizes), min(most, sum(sizes))
    while left:
        for place, size in enumerate(sizes):
            if left and taken[place] < size:
                taken[place] += 1
                left -= 1
    return taken


def _title_limit(rows: int) -> int:
    """How many characters of a title there is room for, beside so many rows."""
    room = (_WEIGHT / max(rows, 1) - _MARKUP) / _CHARACTER
    return min(max(int(room), _TITLES[0]), _TITLES[-1])


def _set_close(section: Section, titles: int) -> Section:
    return replace(section, groups=tuple(_close_group(group, titles) for group in section.groups))


def _close_group(group: LetterRows, titles: int) -> LetterRows:
    return replace(group, rows=[_close_row(place, row, titles) for place, row in enumerate(group.rows)])


def _close_row(place: int, row: Any, titles: int) -> Any:
    if isinstance(row, str):
        return shorten(row, _RULE)
    if not isinstance(row, ShownRow):
        return row
    row = replace(row, title=shorten(row.title, titles))
    if place < _IN_FULL:
        return replace(row, facts=tuple((label, shorten(value, _FACT)) for label, value in row.facts))
    return replace(row, facts=())
