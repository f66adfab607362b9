"""Fold Vietnamese text for comparison, keeping the way back to the original.

"Sở", "Sờ" and "so" fold to the same key, so tone marks lost or mangled by scanning do not hide a
name. NFC does not unify "hoà" and "hòa"; the fold does. đ does not decompose and is mapped by hand,
and so is what merely looks like another sign: the Icelandic Ð of converted VNI files, apostrophes,
dashes, Cyrillic letters in a Latin word, signs of full width.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rules.text.signs import JOINERS, is_unseen

APOSTROPHES = "'`´‘’‚‛ʹʻʼʽˈˊˋ′‵՚ꞌ＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
#: Small letters and signs -> the sign that stands for them; each is one character, as SQL's translate wants.
ALIKE = (
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys("“”„‟＂", '"')
    | dict.fromkeys("đðɖᴆ", "d")
    | dict(zip("авекмнорстухісјѕԁһӏ", "abekmhopctyxicjsdhl", strict=True))
)
_FULL_WIDTH = ("\uff01", "\uffef")
#: A folded syllable that ends in y where i is the same sound: after a consonant, which qu is too.
_FINAL_Y = re.compile(r"y(?!\w)(?:(?<=[bcdfghjklmnpqrstvwxz]y)|(?<=quy))")


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """Fold one character: NFD, casefold, marks dropped, look-alikes unified. A lone mark folds to ''."""
    if char in JOINERS or (is_unseen(char) and not char.isspace()):
        return ""
    form: Literal["NFD", "NFKD"] = "NFKD" if _FULL_WIDTH[0] <= char <= _FULL_WIDTH[1] else "NFD"
    apart = unicodedata.normalize(form, ALIKE.get(char, char).casefold())
    return "".join(ALIKE.get(c, c) for c in apart if not unicodedata.combining(c))


def one_sound(folded: str) -> str:
    """Folded text with one letter where i and y spell one sound: quy and qui, ky and ki.

    Length and places stay. A vowel before makes two sounds of them: tai and tay stay apart.
    """
    return _FINAL_Y.sub("i", folded) if "y" in folded else folded


def other_sound(word: str) -> str:
    """The same folded word with its closing i or y exchanged where they are one sound, else itself."""
    if word.endswith("i") and one_sound(f"{word[:-1]}y") == word:
        return f"{word[:-1]}y"
    return one_sound(word)


def name_key(name: str) -> str:
    """What names are compared by: the fold, in which Mỹ Quý and Mĩ Quí are one."""
    return one_sound(fold(name))


class _Table(dict[int, str]):
    """A translation table that learns a character when it first meets it."""

    def __init__(self, aligned: bool) -> None:
        super().__init__()
        self._aligned = aligned

    def __missing__(self, code: int) -> str:
        char = chr(code)
        bare = fold_char(char)
        if self._aligned and len(bare) != 1:
            bare = bare[:1] or char
        self[code] = bare
        return bare


_FREE, _ALIGNED = _Table(aligned=False), _Table(aligned=True)


def fold(text: str) -> str:
    """The comparison key of a name: folded, white space collapsed, outer punctuation dropped."""
    return " ".join(text.translate(_FREE).split()).strip(" .,;:")


def fold_aligned(text: str) -> str:
    """Fold character by character so that offset i of the result is offset i of ``text``.

    A character that folds to none or several keeps its length of one: a reader needs spans.
    """
    return text.translate(_ALIGNED)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold and collapse white space; the list gives, per folded character, its origin in ``text``.

    One more offset (the length of ``text``) closes the list.
    """
    folded: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        if char.isspace():
            if folded and folded[-1] == " ":
                continue
            folded.append(" ")
            origins.append(index)
            continue
        for bare in fold_char(char):
            folded.append(bare)
            origins.append(index)
    origins.append(len(text))
    return "".join(folded), origins
