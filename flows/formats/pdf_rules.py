"""The rules drawn on a PDF page: straight level and upright lines, in the upright page's coordinates.

Word draws a border as one thin box a cell, LibreOffice as one long stroke, others as a box around
each cell; all come out as lines. What is slanted, curved or filled wide is none.
"""

import ctypes
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any, NamedTuple

from pypdfium2 import raw

#: A page of more objects holds a map or a chart; looking through it would only cost time.
MAX_OBJECTS = 10_000
#: Objects and corners of a whole document: some ten seconds, and four hundred pages of Word's tables.
MAX_EFFORT = 3_000_000
#: Of the worker's processor; the text itself needs the rest.
MAX_SECONDS = 4.0
_LOOK_EVERY = 2_000
MAX_SEGMENTS = 400
MAX_RULES = 6_000
_THIN = 3.5
_SHORTEST = 5.0
_DEEPEST = 3

Point = tuple[float, float]
Place = Callable[[float, float], Point]


class Rule(NamedTuple):
    """A line: where it stands on its own axis, and from where to where it runs on the other."""

    at: float
    start: float
    end: float


class Effort:
    """How much of a document's drawings may still be looked at."""

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self.left = MAX_EFFORT
        self._end = process_time() + seconds
        self._look_at = MAX_EFFORT

    def spend(self, amount: int) -> bool:
        """Whether there is enough left, of the processor's time too."""
        self.left -= amount
        if 0 <= self.left < self._look_at:
            self._look_at = self.left - _LOOK_EVERY
            if process_time() > self._end:
                self.left = -1
        return self.left >= 0


def rules_of(page: Any, place: Place, effort: Effort) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines; none at all where there is too much to be a table."""
    level: list[Rule] = []
    upright: list[Rule] = []
    count = raw.FPDFPage_CountObjects(page)
    if count > MAX_OBJECTS:
        return [], []
    items = (raw.FPDFPage_GetObject(page, number) for number in range(count))
    for points, stroked in _outlines(items, place, effort, 0):
        _sort(points, stroked, level, upright)
        if len(level) + len(upright) > MAX_RULES:
            return [], []
    return (level, upright) if effort.left >= 0 else ([], [])


def _outlines(
    items: Iterator[Any], place: Place, effort: Effort, depth: int
) -> Iterator[tuple[list[Point], bool]]:
    for item in items:
        if not effort.spend(1):
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _outlines_of(item, place, effort)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(raw.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
            inner = (raw.FPDFFormObj_GetObject(item, number) for number in range(count))
            yield from _outlines(inner, through(item, place), effort, depth + 1)


def _outlines_of(path: Any, place: Place, effort: Effort) -> Iterator[tuple[list[Point], bool]]:
    """The corners of each outline of a path that can be seen, and whether it is drawn or only filled."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    count = raw.FPDFPath_CountSegments(path)
    if not (filled.value or stroked.value) or count > MAX_SEGMENTS or not effort.spend(count):
        return
    here, points = through(path, place), list[Point]()
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if points:
                yield points, bool(stroked.value)
            points = []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(here(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points, bool(stroked.value)


def _sort(points: list[Point], stroked: bool, level: list[Rule], upright: list[Rule]) -> None:
    """Add what an outline draws to the lines: a thin box is one line, a drawn box its four sides."""
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    if high - low <= _THIN < _SHORTEST <= right - left:
        level.append(Rule((low + high) / 2, left, right))
    elif right - left <= _THIN < _SHORTEST <= high - low:
        upright.append(Rule((left + right) / 2, low, high))
    elif stroked and len(points) > 2:
        for one, other in zip(points, points[1:], strict=False):
            _sort([one, other], False, level, upright)


def through(item: Any, place: Place) -> Place:
    """Where a point in an object's own coordinates stands on the upright page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
    return lambda x, y: place(a * x + c * y + e, b * x + d * y + f)
