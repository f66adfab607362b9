"""Which signs nobody sees, told by the Unicode data of this Python and a short list beside it.

Unseen are: control characters but tab and line end; format characters (soft hyphen, BOM, signs that turn
the direction of writing, tags) but the two joiners, which some scripts need; halves of pairs; what
Unicode calls default-ignorable though it counts as a letter or a mark (fillers, variation selectors); signs
drawn as nothing; and code points that never are characters.

Private use stays: the bullets of Word's Symbol and Wingdings fonts are such signs, and honest lists begin
with them. They show as a box at worst, so nobody is deceived.
"""

import re
import unicodedata
from functools import lru_cache

LINE_ENDS = "\r\x0b\f\x85\u2028\u2029"
#: Zero-width non-joiner and joiner.
JOINERS = "\u200c\u200d"
#: Every sign of category Zs: blanks of all widths.
BLANKS = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
#: Worth a look. Everything else (ASCII, Latin letters, common punctuation) is seen, and passed over quickly.
ODD = re.compile("[^\t\n -~\xa1-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]")

#: Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties that are not of category Cf (the last range
#: holds the tags and the variation selectors and is reserved for more of their kind), and what is drawn as
#: nothing: the empty Braille pattern, a note without a head.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U000e0000-\U000e0fff]"
)
_NO_PICTURE = "\ufffd"


@lru_cache(maxsize=4096)
def is_unseen(sign: str) -> bool:
    """Whether a single sign is one that nobody sees, line ends of all kinds but ``\\n`` included."""
    if sign in "\t\n" or sign in JOINERS:
        return False
    kind = unicodedata.category(sign)
    return (
        kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or _is_no_character(ord(sign)) or bool(_IGNORABLE.match(sign))
    )


@lru_cache(maxsize=4096)
def is_mark(sign: str) -> bool:
    """Whether a single sign stands over, under or around the one before it."""
    return unicodedata.category(sign)[0] == "M"


def shown_sign(sign: str) -> str:
    """``sign``, or the one sign that stands for it where it must not be written: ␛ for ESC."""
    if not is_unseen(sign):
        return sign
    code = ord(sign)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else _NO_PICTURE


def _is_no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
