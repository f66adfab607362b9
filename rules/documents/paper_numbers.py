"""When two numbers are the number of one paper: "5/TB-UBND", "05/TB-UBND", "Số: 005 / TB–UBND".

The number is kept as it was written; only the comparison goes by the key.
"""

import re

from rules.text.folding import fold

_NOT_TOLD = re.compile(r"[\s.]+")  # "05./TB-UBND", "1.234/UBND-TH"
_LABEL = re.compile(r"^so[:,;]*(?=\d)")
_NOUGHTS = re.compile(r"^0+(?=\d)")
_STROKES = str.maketrans("⁄∕", "//")


def number_key(number: str) -> str:
    """The number and symbol of a paper as they are compared.

    Case, blanks, dots, leading noughts, the word "Số", and the form of dashes, strokes and Đ say nothing.
    """
    bare = _NOT_TOLD.sub("", fold(number.translate(_STROKES)))
    return _NOUGHTS.sub("", _LABEL.sub("", bare))
