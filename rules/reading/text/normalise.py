"""One text, three views of equal length: as written (NFC), cleaned, and folded.

Every offset means the same place in all three, so a rule may match on the cleaned or folded view
and quote from the text as written.
"""

import re
from dataclasses import dataclass

from rules.reading.text.glued import without_glue
from rules.reading.text.page_marks import without_page_marks
from rules.text.folding import fold_aligned
from rules.text.incoming import cleaned

#: Character classes for patterns on unfolded text; ranges such as à-ỹ mix capitals and small letters.
_LETTERS = [
    chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha() and (code < 0x250 or code > 0x1E00)
]
UPPER = "".join(char for char in _LETTERS if char.isupper())
LOWER = "".join(char for char in _LETTERS if char.islower())

#: Letters of another alphabet that stand for ours: Ð of converted VNI files, Cyrillic, full width.
_STRANGE = re.compile("[\u00d0\u00f0\u0400-\u04ff\u2044\u2215\u29f8\uff01-\uff5e]")
_OURS = str.maketrans(
    dict.fromkeys(map(ord, "\u2044\u2215\u29f8"), "/")
    | dict(zip("ÐðАВЕКМНОРСТУХІЈЅавекмнорстухіјѕ", "ĐđABEKMHOPCTYXIJSabekmhopctyxijs", strict=True))
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)
#: Two or three spaces are one; wider gaps part the columns of a letterhead or a signature.
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,3}(?=\S)")
#: Page numbers, stamps of receipt and ruled lines; hard-wrapped scans have them in mid-sentence.
_NOISE_LINE = re.compile(
    r"^(?:(?>[ \t]*?   )[ \t]*+|[ \t]*+(?:[-–—]++ *+\d{1,3} *+[-–—]++|Trang \d++(?:/\d++)?"
    # A ruled line has three signs, blanks before it counted.
    r"|[-–—_=.*~][-–—_=.*~ ]{2,}+|(?<= )[-–—_=.*~][-–—_=.*~ ]|(?<=  )[-–—_=.*~]"
    r"|(?:ĐẾN|CÔNG VĂN ĐẾN)\b.*+|Chuyển *+:[ .…]*+|Số *+: *+[.…]{2,}+.*+|(?:Giờ|Ngày) *+:[ .…/]*+)[ \t]*+)$",
    re.MULTILINE,
)
_LOOSE_NUMBER = re.compile(r"\b[0-9lIOo]{1,4}(?:[/.-][0-9lIOo]{1,4}){1,2}\b")
_LOOSE_DAY = re.compile(r"\b(?:ngày|tháng|năm|quý) +([0-9lIOo]{1,4})\b", re.IGNORECASE)
_DIGITS = str.maketrans("lIOo", "1100")


class _FoldTable(dict[int, str]):
    """``str.translate`` table that folds each character to exactly one, learning as it goes."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_aligned(chr(code))
        return self[code]


_FOLDED = _FoldTable()


@dataclass(frozen=True, slots=True)
class Views:
    """``text`` is quoted, ``clean`` is mended (noise, digits, look-alikes), ``folded`` is compared."""

    text: str
    clean: str
    folded: str


def views_of(raw: str) -> Views:
    """The three views of a raw text (NFC or NFD, any line ends, whatever hides in it)."""
    text = cleaned(raw.replace("\u200c", "").replace("\u200d", ""))  # joiners: no Vietnamese word has one
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    text = without_glue(_DOUBLE_SPACE.sub(" ", text))
    clean = _NOISE_LINE.sub(lambda found: " " * len(found.group()), text)
    clean = without_page_marks(clean)
    if _STRANGE.search(clean):
        clean = clean.translate(_OURS)
    clean = _LOOSE_NUMBER.sub(_repair, clean)
    clean = _LOOSE_DAY.sub(lambda f: f.group()[: f.start(1) - f.start()] + _repaired(f.group(1)), clean)
    return Views(text, clean, clean.translate(_FOLDED))


def _repair(found: re.Match[str]) -> str:
    return re.sub(r"[0-9lIOo]+", lambda part: _repaired(part.group()), found.group())


def _repaired(number: str) -> str:
    """ "l5" -> "15", "2O23" -> "2023"; a roman "III" has no digit and stays."""
    damaged = any(char.isdigit() for char in number) or set(number) <= set("lOo")
    return number.translate(_DIGITS) if damaged else number
