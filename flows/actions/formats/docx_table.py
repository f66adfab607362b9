"""A Word table as lines: one line for each row, its cells separated by tabs.

A cell merged over columns is written once and leaves the other columns empty, so that the columns
stay in place. A short cell merged over rows is said in each of them: it holds for each, and a row
must be understandable alone. A table that only lays out a letterhead or a signature is read cell by cell.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flows.actions.formats.docx_paragraph import TBL, P
from flows.actions.formats.docx_parts import W
from flows.actions.formats.table_rows import SAID_AGAIN, is_layout

_ROW, _CELL = W + "tr", W + "tc"
#: Elements that only wrap rows, cells or paragraphs.
WRAPPERS = {W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
ParagraphLines = Callable[[Any], list[str]]


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[str]
    span: int
    continued: bool


def table_lines(table: Any, paragraph_lines: ParagraphLines) -> list[str]:
    """The lines of a table; ``paragraph_lines`` gives those of a paragraph, numbered."""
    grid = [_read_row(row, paragraph_lines) for row in _inside(table, {_ROW}) if not _is_deleted(row)]
    widest = max((len(cells) for cells in grid), default=0)
    if is_layout(widest, len(grid)):
        return [line for cells in grid for cell in cells if not cell.continued for line in cell.lines]
    return list(_rows(grid))


def _rows(grid: list[list[_Cell]]) -> Iterator[str]:
    above: dict[int, str] = {}
    for cells in grid:
        column, written = 0, []
        for cell in cells:
            text = " ".join(" ".join(cell.lines).split())
            if cell.continued:
                text = above.get(column, text)
            above[column] = text if len(text) <= SAID_AGAIN else ""
            written += [text] + [""] * (cell.span - 1)
            column += cell.span
        yield "\t".join(written)


def _read_row(row: Any, paragraph_lines: ParagraphLines) -> list[_Cell]:
    skipped = min(_number(row.find(f"{W}trPr/{W}gridBefore"), 0), 64)
    empty = [_Cell([], 1, False)] * skipped
    return empty + [_read_cell(cell, paragraph_lines) for cell in _inside(row, {_CELL})]


def _read_cell(cell: Any, paragraph_lines: ParagraphLines) -> _Cell:
    lines: list[str] = []
    for block in _inside(cell, {P, TBL}):
        lines += table_lines(block, paragraph_lines) if block.tag == TBL else paragraph_lines(block)
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    continued = merge is not None and merge.get(W + "val") != "restart"
    span = min(max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1), 64)
    return _Cell([line for line in lines if line.strip()], span, continued)


def _inside(element: Any, wanted: set[str]) -> Iterator[Any]:
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, wanted)


def _is_deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _number(element: Any, otherwise: int) -> int:
    value = element.get(W + "val", "") if element is not None else ""
    return int(value) if value.isdecimal() else otherwise
