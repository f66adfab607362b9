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
_HEAP = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1}}}")
_HEAPED = re.compile(f"(?<=[{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]++")


def stacks_marks(text: str) -> bool:
    """Whether some letter of ``text`` carries more than ``MOST_MARKS`` marks."""
    return not text.isascii() and _HEAP.search(text) is not None


def thinned(text: str) -> str:
    """The text without the marks beyond ``MOST_MARKS`` on a letter: it may be composed in no time."""
    return _HEAPED.sub("", text) if stacks_marks(text) else text


def composed(text: str, form: Literal["NFC", "NFD", "NFKC"] = "NFC") -> str:
    """The text in a normal form, whatever is heaped on its letters."""
    return unicodedata.normalize(form, thinned(text))
