"""The trail as a file for a spreadsheet: UTF-8 with its mark, a row a line, and no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from config.clock import office_time
from models.trail.listing import TrailLine
from rules.trail.told_words import Names
from web.pages.trail.trail_words import in_words

HEADINGS = (
    "Số", "Thời điểm", "Người thực hiện", "Thay mặt", "Vị trí, cơ quan", "Qua đâu, từ đâu", "Loại",
    "Việc đã làm", "Đối tượng", "Chi tiết",
)  # fmt: skip
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK = "\ufeff"


def csv_of(lines: Iterable[TrailLine], names: Names) -> Iterator[bytes]:
    """The file, a row at a time."""
    yield (_MARK + _row(HEADINGS)).encode()
    for line in lines:
        words = in_words(line, names)
        cells = (
            str(line.id), f"{office_time(line.happened_at):%d/%m/%Y %H:%M:%S}", words.who, words.instead,
            words.seat, words.came, words.what, "; ".join(words.deeds), words.on, words.more,
        )  # fmt: skip
        yield _row([harmless(cell) for cell in cells]).encode()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never counts: behind an apostrophe, if it begins like a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _row(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
