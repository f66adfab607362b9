"""PDF pages with tables drawn as the programs of an office draw them."""

from collections.abc import Callable, Sequence

import pypdfium2
from pypdfium2 import raw

from tests.flows.formats.pdf_files import HEIGHT, WIDTH, opened, saved, write

LEFT, STEP, PADDING = 50, 15, 6
#: x of the borders of a table of five columns.
COLUMNS = (50, 85, 270, 370, 470, 560)
Box = tuple[float, float, float, float]  # left, bottom, right, top
Drawn = Callable[[pypdfium2.PdfPage, list[Box]], None]
#: What stands on a page: a line of text, or the rows of a table, "\n" between the lines of a cell.
Item = str | Sequence[Sequence[str]]


def strokes(page: pypdfium2.PdfPage, boxes: list[Box]) -> None:
    """Each border one long stroke, as LibreOffice does it (where no cells are merged)."""
    for left, bottom, right, top in boxes:
        for x1, y1, x2, y2 in ((left, bottom, right, bottom), (left, top, right, top),
                               (left, bottom, left, top), (right, bottom, right, top)):  # fmt: skip
            path = raw.FPDFPageObj_CreateNewPath(x1, y1)
            raw.FPDFPath_LineTo(path, x2, y2)
            _show(page, path, filled=False)


def thin_boxes(page: pypdfium2.PdfPage, boxes: list[Box]) -> None:
    """Each border of each cell a thin filled box, as Word does it."""
    for left, bottom, right, top in boxes:
        width, height = right - left, top - bottom
        for x, y, w, h in ((left, bottom, width, 0.5), (left, top, width, 0.5),
                           (left, bottom, 0.5, height), (right, bottom, 0.5, height)):  # fmt: skip
            _show(page, raw.FPDFPageObj_CreateNewRect(x, y, w, h), filled=True)


def cell_boxes(page: pypdfium2.PdfPage, boxes: list[Box]) -> None:
    """A drawn box around each cell, as browsers do it."""
    for left, bottom, right, top in boxes:
        _show(page, raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom), filled=False)


def shades(page: pypdfium2.PdfPage, boxes: list[Box]) -> None:
    """A colour behind each cell and no line at all."""
    for left, bottom, right, top in boxes:
        _show(page, raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom), filled=True)


def unseen(page: pypdfium2.PdfPage, boxes: list[Box]) -> None:
    """No border."""


def _show(page: pypdfium2.PdfPage, path: object, filled: bool) -> None:
    mode = raw.FPDF_FILLMODE_WINDING if filled else raw.FPDF_FILLMODE_NONE
    raw.FPDFPath_SetDrawMode(path, mode, not filled)
    raw.FPDFPage_InsertObject(page, path)


def table_pdf(
    pages: Sequence[Sequence[Item]], drawn: Drawn = strokes, columns: Sequence[float] = COLUMNS
) -> bytes:
    """Lines and tables from the top of each page down. A cell "<" belongs to the one left of it."""
    document, font = opened()
    for items in pages:
        page = document.new_page(WIDTH, HEIGHT)
        y = float(HEIGHT - 60)
        for item in items:
            if isinstance(item, str):
                write(document, page, font, item, y, LEFT)
                y -= STEP
            else:
                y = _table(document, page, font, item, y + STEP - 3, drawn, columns) - STEP
        page.gen_content()
    return saved(document)


def _table(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    font: object,
    rows: Sequence[Sequence[str]],
    top: float,
    drawn: Drawn,
    columns: Sequence[float],
) -> float:
    boxes: list[Box] = []
    for row in rows:
        bottom = top - STEP * max(cell.count("\n") + 1 for cell in row) - PADDING
        for column, text in enumerate(row):
            if text == "<":
                boxes[-1] = (*boxes[-1][:2], columns[column + 1], boxes[-1][3])
                continue
            boxes.append((columns[column], bottom, columns[column + 1], top))
            for number, line in enumerate(text.split("\n")):
                write(document, page, font, line, top - STEP * (number + 1), columns[column] + PADDING)
        top = bottom
    drawn(page, boxes)
    return top
