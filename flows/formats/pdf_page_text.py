"""A PDF page -> its text, each row of a drawn table on one line of its own.

The text keeps the order of the file, which holds the two columns of a letterhead apart; only what
stands inside of a table is put together cell by cell. ``table_rows`` knows what becomes of the marks.
"""

from typing import Any, NamedTuple

from pypdfium2 import raw

from flows.formats.pdf_grid import Grid, grids
from flows.formats.pdf_rules import Effort, Place, rules_of
from flows.formats.pdf_seen import UnseenObjects, address, unseen
from flows.formats.table_rows import CELL, TABLE, is_layout, merged_said

_NOTHING = "\ufffe"
_BEYOND = "\U00010000"  # pdfium counts these letters once here and twice there
_Cells = dict[tuple[int, int], list[str]]


class PageText(NamedTuple):
    """What a page says; of its words, what is not drawn (left out), not to be seen, or on a picture."""

    text: str
    unseen: str = ""
    faint: str = ""
    on_picture: str = ""
    replaced: bool = False
    unchecked: bool = False


def page_text(page: Any, effort: Effort, sight: Effort) -> PageText:
    """The text of a page, line feeds between lines, CELL between the cells of a row.

    ``effort`` is for tables, ``sight`` for words that are not seen.
    """
    words = page.get_textpage()
    text = str(words.get_text_range()) if words.count_chars() else ""
    text = text.replace(CELL, " ").replace(TABLE, " ")
    found = unseen(page, sight) if text.strip() else UnseenObjects()
    text, gone = _without(words, text, found.gone)
    faint, layer = (_without(words, text, kept)[1] for kept in (found.faint, found.on_picture))
    text = _in_rows(page, words, text, effort)
    words.close()
    text = text.replace("\r\n", "\n").replace(_NOTHING, "").replace("\x02", "")
    return PageText(text, gone, faint, layer, found.replaced, found.unchecked)


def _without(words: Any, text: str, gone: frozenset[int]) -> tuple[str, str]:
    """The text with a sign for nothing in place of the letters of these objects, and those letters."""
    if not gone:
        return text, ""
    letters, left_out = list(text), []
    for number in range(words.count_chars()):
        at = raw.FPDFText_GetTextIndexFromCharIndex(words, number)
        if 0 <= at < len(text) and address(raw.FPDFText_GetTextObject(words, number)) in gone:
            left_out.append(text[at])
            letters[at] = _NOTHING if not text[at].isspace() else text[at]
    return "".join(letters), "".join(left_out)


def _in_rows(page: Any, words: Any, text: str, effort: Effort) -> str:
    readable = text.strip() and max(text) < _BEYOND
    tables = grids(*rules_of(page, _upright(page), effort)) if readable else []
    if tables and effort.spend(len(text) * len(tables) // 8):
        text = _with_rows(text, _table_of_each(words, text, tables, _upright(page)), tables)
    return text


def _upright(page: Any) -> Place:
    """Where a point stands once the page is turned the way a reader sees it."""
    turned = page.get_rotation()
    if turned == 90:
        return lambda x, y: (y, -x)
    if turned == 180:
        return lambda x, y: (-x, -y)
    if turned == 270:
        return lambda x, y: (-y, x)
    return lambda x, y: (x, y)


_Home = tuple[int, tuple[int, int]]


def _table_of_each(words: Any, text: str, tables: list[Grid], place: Place) -> list[_Home | None]:
    """For each letter of the text its table and cell; blanks go with the letter before them."""
    homes: list[_Home | None] = [None] * len(text)
    for number in range(words.count_chars()):
        at = raw.FPDFText_GetTextIndexFromCharIndex(words, number)
        if 0 <= at < len(text) and not text[at].isspace():
            left, bottom, right, top = words.get_charbox(number)
            homes[at] = _home(tables, *place((left + right) / 2, (bottom + top) / 2))
    for at, letter in enumerate(text):
        if at and letter.isspace():
            homes[at] = homes[at - 1]
    return homes


def _home(tables: list[Grid], x: float, y: float) -> _Home | None:
    for number, table in enumerate(tables):
        cell = table.cell_at(x, y)
        if cell is not None:
            return number, cell
    return None


def _with_rows(text: str, homes: list[_Home | None], tables: list[Grid]) -> str:
    """Each table where its first letter stood; one that only lays out a page stays as it was."""
    cells: list[_Cells] = [{} for _ in tables]
    for letter, home in zip(text, homes, strict=True):
        if home is not None:
            cells[home[0]].setdefault(home[1], []).append(letter)
    rows = [_rows(table, held) for table, held in zip(tables, cells, strict=True)]
    written: list[str] = []
    told: set[int] = set()
    for letter, home in zip(text, homes, strict=True):
        if home is None or not rows[home[0]]:
            written.append(letter)
        elif home[0] not in told:
            told.add(home[0])
            written += ["" if not written or written[-1] == "\n" else "\n", *_lines(rows[home[0]])]
    return "".join(written)


def _lines(rows: list[str]) -> list[str]:
    return [f"{row}\n" for row in rows]


def _rows(table: Grid, cells: _Cells) -> list[str]:
    texts = {cell: " ".join("".join(letters).split()) for cell, letters in cells.items()}
    grid = [
        [
            "" if column and owner == owners[column - 1] else merged_said(texts.get(owner, ""), owner[0], row)
            for column, owner in enumerate(owners)
        ]
        for row, owners in enumerate(table.owner)
    ]
    filled = [row for row in grid if any(row)]
    if is_layout(len(table.columns) - 1, len(filled)):
        return []
    return [("" if number else TABLE) + CELL.join(row) for number, row in enumerate(filled)]
