"""Where a Word paragraph or table stands: beside the sheet, or in lines or rows too low for letters."""

from typing import Any

from flows.formats.docx_parts import W
from flows.formats.work import counter

_LOWEST = 60  # twentieths of a point: lines of three points
_FARTHEST = 15_000  # twentieths of a point, or hundredths of a letter; a sheet has 11,906
_LINES, _INDENT, _FRAME = W + "spacing", W + "ind", W + "framePr"
_PLACES = (W + "x", W + "y", W + "tblpX", W + "tblpY")


def is_lost(properties: Any) -> bool:
    """Whether no reader finds the words of a paragraph with this ``w:pPr``."""
    for child in properties:
        tag = child.tag
        if tag == _LINES:
            if child.get(W + "lineRule") == "exact" and _is_low(child.get(W + "line")):
                return True
        elif tag == _INDENT:
            if any(_is_far(value) for value in child.values()):
                return True
        elif tag == _FRAME and (_is_away(child) or _is_exactly_low(child, "hRule", "h")):
            return True
    return False


def is_lost_table(properties: Any) -> bool:
    """The same for the ``w:tblPr`` of a table."""
    indent, place = properties.find(W + "tblInd"), properties.find(W + "tblpPr")
    return (indent is not None and _is_far(indent.get(W + "w", ""))) or (
        place is not None and _is_away(place)
    )


def is_lost_row(properties: Any) -> bool:
    """The same for the ``w:trPr`` of a row."""
    height = properties.find(W + "trHeight")
    return height is not None and _is_exactly_low(height, "hRule", "val")


def _is_away(element: Any) -> bool:
    return any(_is_far(element.get(place, "")) for place in _PLACES)


def _is_exactly_low(element: Any, rule: str, height: str) -> bool:
    return element.get(W + rule) == "exact" and _is_low(element.get(W + height))


def _is_low(written: str | None) -> bool:
    return counter(written, _LOWEST + 1) <= _LOWEST


def _is_far(written: str) -> bool:
    return counter(written.lstrip("-"), 0) > _FARTHEST
