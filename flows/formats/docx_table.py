"""A Word table as lines: one line for each row, its cells separated by tabs.

A cell merged over columns is written once and leaves the other columns empty, so that the columns
stay in place. A short cell merged over rows is said in each of them: it holds for each, and a row
must be understandable alone. A table that only lays out a letterhead or a signature is read cell by cell.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flows.formats.docx_choice import ALTERNATE, chosen
from flows.formats.docx_page import is_lost_row, is_lost_table
from flows.formats.docx_paragraph import TBL, P
from flows.formats.docx_parts import W
from flows.formats.docx_styles import Styles
from flows.formats.docx_unlike import Noticed, Unlike
from flows.formats.table_rows import SAID_AGAIN, is_layout
from flows.formats.work import MAX_COLUMNS, Work, counter

_ROW, _CELL = W + "tr", W + "tc"
#: Elements that only wrap rows, cells or paragraphs.
WRAPPERS = {W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_DELETED = {W + "del", W + "moveFrom"}
_FEW = 5  # lines that a remark is taken from
ParagraphLines = Callable[[Any], list[str]]


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[str]
    span: int
    continued: bool


class TableReader:
    """Reads tables; ``paragraph_lines`` gives the lines of a paragraph, numbered. Charges ``work``."""

    def __init__(self, paragraph_lines: ParagraphLines, styles: Styles, noticed: Noticed, work: Work) -> None:
        self._paragraph_lines, self._styles = paragraph_lines, styles
        self._noticed, self._work = noticed, work

    def lines(self, table: Any) -> list[str]:
        """The lines of a table."""
        grid = [self._row(row) for row in self._inside(table, {_ROW}) if not self._is_left_out(row)]
        if self._is_lost(table):
            self._note(Unlike.FAINT, [line for cells in grid for cell in cells for line in cell.lines])
        widest = max((len(cells) for cells in grid), default=0)
        if is_layout(widest, len(grid)):
            return [line for cells in grid for cell in cells if not cell.continued for line in cell.lines]
        return list(self._rows(grid))

    def _rows(self, grid: list[list[_Cell]]) -> Iterator[str]:
        above: dict[int, str] = {}
        for cells in grid:
            column = 0
            written: list[str] = []
            for cell in cells:
                text = " ".join(" ".join(cell.lines).split())
                if cell.continued:
                    text = above.get(column, text)
                above[column] = text if len(text) <= SAID_AGAIN else ""
                written += [text] + [""] * min(cell.span - 1, MAX_COLUMNS - 1 - len(written))
                column += cell.span
            line = "\t".join(written)
            self._work.charge(len(cells), signs=len(line), cells=len(written))
            yield line

    def _row(self, row: Any) -> list[_Cell]:
        skipped = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        empty = [_Cell([], 1, False)] * skipped
        return empty + [self._cell(cell) for cell in self._inside(row, {_CELL}) if not self._is_cut(cell)]

    def _is_lost(self, table: Any) -> bool:
        """Whether the table stands where no reader finds it, or its style may hide its words."""
        properties = table.find(W + "tblPr")
        style = None if properties is None else properties.find(W + "tblStyle")
        lost = properties is not None and is_lost_table(properties)
        return lost or self._styles.hides_table(None if style is None else style.get(W + "val"))

    def _note(self, what: Unlike, lines: list[str]) -> None:
        words = " ".join(lines[:_FEW])
        if words.strip():
            self._noticed.note(what, words)

    def _cell(self, cell: Any) -> _Cell:
        lines: list[str] = []
        for block in self._inside(cell, {P, TBL}):
            lines += self.lines(block) if block.tag == TBL else self._paragraph_lines(block)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(W + "val") != "restart"
        beside = cell.find(f"{W}tcPr/{W}hMerge")
        if beside is not None and beside.get(W + "val") != "restart":
            self._note(Unlike.HIDDEN, lines)
            return _Cell([], 1, False)
        if continued:
            self._note(Unlike.HIDDEN, lines)
        span = max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1)
        return _Cell([line for line in lines if line.strip()], span, continued)

    def _inside(self, element: Any, wanted: set[str]) -> Iterator[Any]:
        for child in element:
            self._work.charge()
            if child.tag in wanted:
                yield child
            elif child.tag in WRAPPERS:
                yield from self._inside(child, wanted)
            elif child.tag == ALTERNATE:
                branch = chosen(child, self._work)
                yield from () if branch is None else self._inside(branch, wanted)
            elif child.tag in _DELETED:
                self._noticed.note(Unlike.TRACKED)
            elif len(child):
                words = "".join(child.itertext(W + "t"))
                if words.strip():
                    self._noticed.note(Unlike.FOREIGN, words)

    def _is_cut(self, cell: Any) -> bool:
        """Whether a tracked change took the cell away."""
        properties = cell.find(W + "tcPr")
        changed = properties is not None and properties.find(W + "cellIns") is not None
        cut = properties is not None and properties.find(W + "cellDel") is not None
        if changed or cut:
            self._noticed.note(Unlike.TRACKED)
        return cut

    def _is_left_out(self, row: Any) -> bool:
        properties = row.find(W + "trPr")
        if properties is None:
            return False
        if properties.find(W + "ins") is not None:
            self._noticed.note(Unlike.TRACKED)
        if properties.find(W + "del") is not None:
            self._noticed.note(Unlike.TRACKED)
            return True
        if is_lost_row(properties):
            self._note(Unlike.FAINT, ["".join(row.itertext(W + "t"))])
        hidden = properties.find(W + "hidden")
        if hidden is not None and hidden.get(W + "val") not in ("0", "false", "off"):
            self._noticed.note(Unlike.HIDDEN, "".join(row.itertext(W + "t")))
            return True
        return False


def _number(element: Any, otherwise: int) -> int:
    return counter(element.get(W + "val"), otherwise, MAX_COLUMNS) if element is not None else otherwise
