"""Small rules on text that every channel shares: NFC, no control characters, cut at a word, one line."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")


def clean_text(text: str) -> str:
    """NFC, lines ended by ``\\n`` alone, no control characters but tab."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").isprintable():  # a tenth of the time of looking for each character
        text = _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Fit for a header: NFC, every run of blanks, line breaks and control characters is one space."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", text)).strip()


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut at a word with "…"."""
    return _cut(one_line(text), limit)


def fit(text: str, limit: int) -> str:
    """At most ``limit`` characters (NFC): the body is cut at a word, the last line is kept.

    The last line holds the link, without which a shortened letter is of no use. Only when that
    line alone is too long is it cut as well.
    """
    text = clean_text(text).strip()
    if len(text) <= limit:
        return text
    body, _, last = text.rpartition("\n")
    room = limit - len(last) - 1
    if not body or room < 2:
        return _cut(text, limit)
    return f"{_cut(body, room)}\n{last}"


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    # No blank in reach (a long link, say): better a cut word than nothing.
    at_word = re.match(r"(?s)\A(.*\S)\s", text[:limit])
    return (at_word.group(1) if at_word else head).rstrip() + "…"
