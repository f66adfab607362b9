"""Rows of a table among the lines of printed pages: what marks them, and how they go on over pages.

While pages are put together a row must be told from running text, which may hold a tab of its own.
So cells are parted by a sign that no text holds, and only the finished text has tabs, like the rows
of a Word file (``docx_table``).
"""

import re

#: Between two cells, and before the first row of a table on a page: no letters, for programs only.
CELL, TABLE = "\ufdd0", "\ufdd1"
#: The longest merged cell that is said in each of its rows; more would let a small file grow without end.
SAID_AGAIN = 500
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Ha-zđ])[.)]?")
_TALLEST_HEADING = 3
_MOST_BETWEEN = 3  # lines of a running head that nothing told from text


def is_layout(columns: int, rows: int) -> bool:
    """Whether a table only arranges a letterhead or a signature."""
    return columns <= 1 or (columns <= 2 and rows <= 3)


def merged_said(text: str, first: int, row: int) -> str:
    """What a cell that starts in row ``first`` says in ``row``: the same, unless it is long."""
    return text if row == first or len(text) <= SAID_AGAIN else ""


def is_row(line: str) -> bool:
    """Whether a line is the row of a table."""
    return CELL in line


def across_pages(lines: list[str]) -> list[str]:
    """The lines with each table in one piece: headings said once, a row cut by a page break made whole.

    Where the head of a page could not be told from text and stands between, the heading is said again.
    """
    done: list[str] = []
    opening: list[str] = []  # the first rows of the table, among them its heading
    repeated: int | None = None  # rows of the heading met again on this page; None further down
    for line in lines:
        row = line.removeprefix(TABLE)
        if line != row:
            between = _lines_since_a_row(done)
            goes_on = _goes_on(opening, row, between)
            repeated = 0 if goes_on and not between else None
            if goes_on and between:
                done.append(opening[0])
            elif not goes_on:
                opening = []
        if repeated is not None:
            if row in opening[repeated : repeated + 1] and not _opens_with_a_number(row):
                repeated += 1
                continue
            repeated = None
            if _is_cut_off(done[-1], row):
                done[-1] = _made_whole(done[-1], row)
                continue
        if is_row(row) and len(opening) < _TALLEST_HEADING:
            opening.append(row)
        done.append(row)
    return done


def _lines_since_a_row(lines: list[str]) -> int:
    return next((count for count, line in enumerate(reversed(lines)) if is_row(line)), len(lines))


def _goes_on(opening: list[str], row: str, between: int) -> bool:
    """Whether the table of a new page is that of the page before."""
    if not opening or opening[0].count(CELL) != row.count(CELL) or between > _MOST_BETWEEN:
        return False
    return not between or _opens_with_a_number(row)


def _opens_with_a_number(row: str) -> bool:
    return _NUMBER.fullmatch(row.split(CELL)[0]) is not None


def _is_cut_off(before: str, row: str) -> bool:
    """Whether the row is the rest of the one before: that has a number, and this has none."""
    return _opens_with_a_number(before) and row.startswith(CELL) and bool(row.strip(CELL))


def _made_whole(before: str, row: str) -> str:
    cells = zip(before.split(CELL), row.split(CELL), strict=True)
    return CELL.join(f"{one} {rest}".strip() for one, rest in cells)
