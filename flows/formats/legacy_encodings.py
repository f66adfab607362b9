"""Vietnamese as typed before Unicode: TCVN3 (ABC), VNI-Windows and Windows-1258, told apart by spelling.

All three put Vietnamese letters where Western computers have others. Which one a text is in, nothing
in the file says: each is tried, and the one wins whose result is spelt like Vietnamese. TCVN3 has no
accented capitals but seven; offices had a second font for them, so headings come out in small letters.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flows.formats.content import Content
from rules.text.stacked_marks import composed
from rules.text.syllables import accented_words, share_of_syllables

# The small letters of TCVN 5712 VN3 from A8 on; "·" stands where the table has none.
_TCVN3 = dict(
    zip(
        map(chr, range(0xA1, 0x100)),
        "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ·",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans({old: new for old, new in _TCVN3.items() if new != "·"})

# VNI writes a letter and then, as a second letter, all its marks.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_MARKS |= {mark.upper(): marks for mark, marks in _VNI_MARKS.items()}
_VNI_LETTERS |= {old.upper(): new.upper() for old, new in _VNI_LETTERS.items()}
_VNI = re.compile(f"([AEOUYaeouyÔÖôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")

_FEWEST_WORDS = 5
_PLAUSIBLE = 0.9
_SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text made legible, by what, and the sentence that says so to people."""

    text: str
    remark: str
    decode: Callable[[str], str]


def from_tcvn3(letters: str) -> str:
    """TCVN3 (ABC), given as the Western letters that its bytes look like."""
    return letters.translate(_TCVN3_TABLE)


def from_vni(letters: str) -> str:
    """VNI-Windows, given as the Western letters that its bytes look like."""
    return composed(_VNI.sub(_vni_letter, letters))


def _vni_letter(found: re.Match[str]) -> str:
    letter = found[3] or found[1]
    return _VNI_LETTERS.get(letter, letter) + _VNI_MARKS.get(found[2] or "", "")


def _from_1258(letters: str) -> str:
    decoded = letters.encode("cp1252", "replace").decode("cp1258", "replace")
    return composed(decoded)


_ENCODINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("TCVN3 (ABC)", from_tcvn3),
    ("VNI", from_vni),
    ("Windows-1258", _from_1258),
)


def decoded_bytes(data: bytes) -> Decoded | None:
    """The text of bytes that are no Unicode, or None if no encoding makes Vietnamese of them."""
    return _decoded(data.decode("cp1252", "replace"))


def decoded_letters(text: str) -> Decoded | None:
    """The text of a Word or PDF file whose letters only a font of old made Vietnamese, or None."""
    sample = text[:_SAMPLE]
    words = accented_words(sample)
    if any(letter > "\u1e9f" and letter < "\u1f00" for letter in sample):
        return None  # letters that only Unicode has
    return _decoded(text) if len(words) >= _FEWEST_WORDS and share_of_syllables(words) < 0.5 else None


def with_legible_fonts(content: Content) -> Content:
    """Text typed in the fonts of the nineties (.VnTime, VNI-Times) is Latin letters until decoded."""
    found = decoded_letters(content.text)
    if found is None:
        return content
    margin = found.decode(content.margin)
    return Content(found.text, margin, (*content.remarks, found.remark))


def _decoded(letters: str) -> Decoded | None:
    tried = []
    for encoding, decode in _ENCODINGS:
        words = accented_words(decode(letters[:_SAMPLE]))
        share = share_of_syllables(words) if len(words) >= _FEWEST_WORDS else 0.0
        tried.append((share, encoding, decode))
    share, encoding, decode = max(tried, key=lambda found: found[0])
    if share < _PLAUSIBLE:
        return None
    remark = f"Văn bản được chuyển từ bảng mã {encoding} sang Unicode, cần soát lại chính tả và chữ hoa."
    return Decoded(decode(letters), remark, decode)
