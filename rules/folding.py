"""Fold Vietnamese text for comparison, keeping the way back to the original.

"Sở", "Sờ" and "so" fold to the same key, so tone marks lost or mangled by scanning do not hide a
name. NFC does not unify "hoà" and "hòa"; the fold does. đ does not decompose and is mapped by hand.
"""

import unicodedata
from functools import lru_cache

_DASHES = "‐‑‒–—−"
_QUOTES = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"}


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """Fold one character: NFD, casefold, marks dropped, đ to d. A lone mark folds to ''."""
    if char in _DASHES:
        return "-"
    char = _QUOTES.get(char, char)
    bare = "".join(c for c in unicodedata.normalize("NFD", char.casefold()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


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
