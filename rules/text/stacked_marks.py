"""Letters under heaps of marks, which no language writes and which cost the square of their number.

Bringing text into composed form (NFC) sorts the marks of each letter: a megabyte of them takes minutes. So
text of strangers is asked before it is composed, or composed here. The limit is that of the Stream-Safe Text
Format (Unicode Standard Annex 15, section 13).
"""

import re
import unicodedata
from typing import Literal

MOST_MARKS = 30
#: All marks that are sorted (a combining class that is not 0) lie between these two.
_FIRST, _LAST = 0x0300, 0x1E94A
_MARKS = "".join(chr(code) for code in range(_FIRST, _LAST + 1) if unicodedata.combining(chr(code)))

#: One mark apart from its repetition: the search passes over what is no mark without trying there.
_HEAP = re.compile(f"[{_MARKS}][{_MARKS}]{{{MOST_MARKS}}}")
#: Nearly all text has no sign beyond the 65,536 of the basic plane, whose marks are looked up in a table.
_BASIC = "".join(mark for mark in _MARKS if mark <= "\uffff")
_BASIC_HEAP = re.compile(f"[{_BASIC}][{_BASIC}]{{{MOST_MARKS}}}")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
#: Signs looked at in one go: no other thread runs during a search.
_PIECE = 1 << 16
_HEAPED = re.compile(f"(?<=[{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]++")


def stacks_marks(text: str) -> bool:
    """Whether some letter of ``text`` carries more than ``MOST_MARKS`` marks."""
    if text.isascii():
        return False
    heap = _HEAP if _BEYOND.search(text) else _BASIC_HEAP
    starts = range(0, len(text), _PIECE)
    return any(heap.search(text, start, start + _PIECE + MOST_MARKS) for start in starts)


def thinned(text: str) -> str:
    """The text without the marks beyond ``MOST_MARKS`` on a letter: it may be composed in no time."""
    return _HEAPED.sub("", text) if stacks_marks(text) else text


def composed(text: str, form: Literal["NFC", "NFD", "NFKC"] = "NFC") -> str:
    """The text in a normal form, whatever is heaped on its letters."""
    return unicodedata.normalize(form, thinned(text))
