"""Lines drawn on a page -> the grid of each table: its columns, its rows, and what is merged.

Lines that touch each other belong to one table. Pure geometry; y grows upwards, as in PDF.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.formats.pdf_rules import Rule

_NEAR = 2.5  # points within which two lines are one, and within which lines touch
_NARROWEST = 6.0  # no cell is less wide or high
#: Level lines times upright ones; a page full of rows has a twentieth.
MAX_CROSSINGS = 20_000
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the x of its column borders, the y of its row borders from below, and who is whose.

    ``owner`` gives, row by row from above, the cell that each place of the grid belongs to.
    """

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    owner: tuple[tuple[_Cell, ...], ...]

    def cell_at(self, x: float, y: float) -> _Cell | None:
        """The cell that a point lies in."""
        column, height = bisect_right(self.columns, x) - 1, bisect_right(self.heights, y) - 1
        if not (0 <= column < len(self.columns) - 1 and 0 <= height < len(self.heights) - 1):
            return None
        return self.owner[len(self.heights) - 2 - height][column]


def grids(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Grid]:
    """The tables that the lines make, of at least two columns."""
    level, upright = _merged(level), _merged(upright)
    if len(level) * len(upright) > MAX_CROSSINGS:
        return []
    found = (_grid(*group) for group in _touching(level, upright))
    return [grid for grid in found if grid is not None]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together: Word draws every border cell by cell."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [rule for line in lines for rule in _in_one(line)]


def _in_one(line: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in line) / len(line)
    start, end = 0.0, -1e9
    for rule in sorted(line, key=lambda rule: rule.start):
        if rule.start > end + _NEAR:
            if end > start:
                yield Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _touching(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that hang together."""
    roots = list(range(len(level) + len(upright)))
    heights = [rule.at for rule in level]
    for number, rule in enumerate(upright, len(level)):
        first = bisect_left(heights, rule.start - _NEAR)
        for other in range(first, bisect_right(heights, rule.end + _NEAR)):
            if level[other].start - _NEAR <= rule.at <= level[other].end + _NEAR:
                roots[_root(roots, other)] = _root(roots, number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number in range(len(roots)):
        flat, high = groups.setdefault(_root(roots, number), ([], []))
        if number < len(level):
            flat.append(level[number])
        else:
            high.append(upright[number - len(level)])
    yield from groups.values()


def _root(roots: list[int], number: int) -> int:
    while roots[number] != number:
        roots[number] = roots[roots[number]]
        number = roots[number]
    return number


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    columns = _borders(upright, level)
    heights = _borders(level, upright)
    if len(columns) < 3 or len(heights) < 2:
        return None
    return Grid(columns, heights, _owners(columns, heights, level, upright))


def _borders(rules: list[Rule], across: list[Rule]) -> tuple[float, ...]:
    """Where the lines stand; a table left open at an edge ends where the lines across it end."""
    ends = [min((rule.start for rule in across), default=0), max((rule.end for rule in across), default=0)]
    found: list[float] = []
    for at in sorted([rule.at for rule in rules] + ends):
        if not found or at - found[-1] >= _NARROWEST:
            found.append(at)
    return tuple(found)


def _owners(
    columns: tuple[float, ...], heights: tuple[float, ...], level: list[Rule], upright: list[Rule]
) -> tuple[tuple[_Cell, ...], ...]:
    """Places with no line between them are one cell, named by its first place."""
    rows, width = len(heights) - 1, len(columns) - 1
    beside, above = _at_each(columns, upright), _at_each(heights, level)
    roots = list(range(rows * width))
    for place in range(rows * width):
        row, column = divmod(place, width)
        high = rows - row
        if column and not _drawn(beside[column], (heights[high - 1] + heights[high]) / 2):
            _join(roots, place - 1, place)
        if row and not _drawn(above[high], (columns[column] + columns[column + 1]) / 2):
            _join(roots, place - width, place)
    cells = [divmod(_root(roots, place), width) for place in range(rows * width)]
    return tuple(tuple(cells[row * width : (row + 1) * width]) for row in range(rows))


def _join(roots: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(roots, one), _root(roots, other)))
    roots[second] = first


def _at_each(borders: tuple[float, ...], rules: list[Rule]) -> list[list[Rule]]:
    return [[rule for rule in rules if abs(rule.at - border) < _NARROWEST] for border in borders]


def _drawn(rules: list[Rule], passing: float) -> bool:
    return any(rule.start <= passing <= rule.end for rule in rules)
