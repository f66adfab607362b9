"""Small rules on text that every channel shares: cut at a word, on one line, nothing unseen in it."""

import re

from rules.text.incoming import cleaned

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """Fit for a header: NFC, nothing unseen; a run of blanks, breaks and control characters is one space."""
    return " ".join(cleaned(_BREAKS.sub(" ", text)).split())


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut at a word with "…"."""
    return _cut(one_line(text), limit)


def fit(text: str, limit: int) -> str:
    """At most ``limit`` characters (NFC): the body is cut at a word, the last line is kept.

    The last line holds the link, without which a shortened letter is of no use. Only when that
    line alone is too long is it cut as well.
    """
    text = cleaned(text).strip()
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
