"""How much one file may ask of its reader, counted in work done and not in bytes sent.

A counter in a stranger's file (a list level, a column, a number of pages) costs its writer eight
letters, and whoever takes it as a size pays for it. So each loop over what a stranger wrote charges
the one budget of its file, and the budget holds for whoever calls the reader.
"""

from time import thread_time

from flows.formats.content import DocumentError

#: Signs that a reader puts together, also those that it throws away again: twice what a text may have.
MAX_SIGNS = 4_000_000
#: Cells of tables and columns parted by tabs; 600 pages of full tables have 50,000.
MAX_CELLS = 200_000
#: Steps of loops: elements looked at, ancestors climbed. Ten times the tags that a part may have.
MAX_STEPS = 10_000_000
#: Of this thread's processor; 200 pages take 0.2 on the machine of 2026.
MAX_SECONDS = 5.0
#: Word has no table of more columns and no list of more levels.
MAX_COLUMNS, MAX_LEVELS = 63, 9
_LOOK_EVERY = 20_000  # steps between two looks at the processor's time


class Work:
    """What is left of one file's budget; ``name`` is the file's, for the refusal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._signs, self._cells, self._steps = MAX_SIGNS, MAX_CELLS, MAX_STEPS
        self._look_at = MAX_STEPS - _LOOK_EVERY
        self._end = thread_time() + MAX_SECONDS

    def charge(self, steps: int = 1, signs: int = 0, cells: int = 0) -> None:
        """Pay for what was done. Raises DocumentError when the file asks for more than it may."""
        self._steps -= steps + (signs >> 6)
        self._signs -= signs
        self._cells -= cells
        if self._steps < self._look_at:
            self._look_at = self._steps - _LOOK_EVERY
            if thread_time() > self._end:
                raise self._too_much("bắt máy đọc quá lâu")
        if self._cells < 0:
            raise self._too_much(f"có nhiều hơn {MAX_CELLS:,} ô bảng hoặc cột".replace(",", "."))
        if self._signs < 0 or self._steps < 0:
            raise self._too_much("quá dài hoặc quá phức tạp")

    def _too_much(self, why: str) -> DocumentError:
        return DocumentError(f"Tệp “{self._name}” {why}. Hãy tách thành nhiều tệp rồi tải lên lại.")


def counter(value: str | None, otherwise: int, most: int = 99_999_999) -> int:
    """A count that a file states, between 0 and ``most``; ``otherwise`` where it states none."""
    if not value or not (value.isascii() and value.isdecimal()):
        return otherwise
    return min(int(value), most) if len(value) < 9 else most
