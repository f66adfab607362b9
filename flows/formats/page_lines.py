"""Printed lines -> paragraphs: a line that was only broken at the margin is joined to the next.

What keeps lines apart: the next one opens an item ("1.", "a)", "-") or follows a blank, the first one
ends a sentence or stops early. Where it is not clear, lines stay apart; the reader of sentences copes.
The row of a table is a line by itself.
"""

import re

from flows.formats.table_rows import is_row
from rules.text.gaps import gaps

_ITEM = re.compile(
    gaps(
        r"[-–+•*▪●]\s*(?=[^\d\s])|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđ])[.)]\s"
        r"|(?:Điều|ĐIỀU|Phần|PHẦN|Mục|MỤC|Chương|CHƯƠNG)\s+(?:\d|[IVX]+\b)|Ngày\s+\d|Nơi nhận\b|Trên đây là\b"
    )
)
_STOPS = (".", ":", ";", "!", "?", "./.")
_FULL = 0.8
_QUITE_FULL = 0.9  # where a blank would have told of a break, and did not
_SHORTEST_FULL = 40
_GOES_ON = 30


def joined(lines: list[str]) -> str:
    """The lines as paragraphs, separated by line feeds. Blanks at the end of lines may tell of breaks."""
    running = [line for line in lines if not is_row(line)]
    width, blanks_tell = _usual_width(running), _blanks_tell(running)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        if is_row(line):
            paragraphs.append([line])
        elif before.strip() and _runs_on(before, line.strip(), width, blanks_tell):
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line.strip()])
        before = "" if is_row(line) else line
    return "\n".join(" ".join(paragraph) for paragraph in paragraphs)


def _runs_on(before: str, line: str, width: int, blanks_tell: bool) -> bool:
    if not line or _ITEM.match(line):
        return False
    if blanks_tell and before.endswith(" "):
        return True
    before = before.rstrip()
    if before.endswith(_STOPS):
        return False
    if line[0].islower() or line[0] in ",;)":
        return len(before) >= _GOES_ON
    full = _QUITE_FULL if blanks_tell else _FULL
    return len(before) >= full * width and before.isupper() == line.isupper()


def _usual_width(lines: list[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return max(lengths[int(len(lengths) * 0.8)] if lengths else 0, _SHORTEST_FULL)


def _blanks_tell(lines: list[str]) -> bool:
    """Whether a blank at a line's end stands for a break: LibreOffice writes so, Word everywhere."""
    ends = [line.endswith(" ") for line in lines if line.rstrip().endswith(_STOPS)]
    others = [line.endswith(" ") for line in lines if line.strip() and not line.rstrip().endswith(_STOPS)]
    return bool(others) and sum(others) >= 0.3 * len(others) and sum(ends) <= 0.3 * len(ends)
