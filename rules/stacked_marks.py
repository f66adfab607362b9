"""Letters under heaps of marks, which no language writes and which cost the square of their number.

Bringing text into composed form (NFC) sorts the marks of each letter: a megabyte of them takes minutes. So
text of strangers is asked before it is composed. The limit is that of the Stream-Safe Text Format (Unicode
Standard Annex 15, section 13).
"""

import re
import unicodedata

MOST_MARKS = 30
#: All marks that are sorted (a combining class that is not 0) lie between these two.
_FIRST, _LAST = 0x0300, 0x1E94A
_MARKS = "".join(chr(code) for code in range(_FIRST, _LAST + 1) if unicodedata.combining(chr(code)))
_HEAP = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1}}}")
#: Signs looked at in one go: no other thread runs during a search, and eight megabytes take a second.
_PIECE = 16_384


def stacks_marks(text: str) -> bool:
    """Whether some letter of ``text`` carries more than ``MOST_MARKS`` marks."""
    if text.isascii():
        return False
    starts = range(0, len(text), _PIECE)
    return any(_HEAP.search(text, start, start + _PIECE + MOST_MARKS) for start in starts)
