"""Where the words of a directive may be cut in two, and the two places that come of it.

Source: issue 14, line 8. Nothing but white space is lost at a cut: the halves joined again are the whole.
"""

import re
from dataclasses import dataclass

from rules.draft import DraftDirective, Span
from rules.text.gaps import gaps

#: Behind these a new clause or sentence may begin: a mark with a blank behind it, a line, a cell.
_BREAK = re.compile(gaps(r"(?:[,;:.!?…](?=[\"”’)]?\s)[\"”’)]?|[\n\t|])\s*"))
#: A mark and the blanks around it stay with the words before a cut.
_MARK = re.compile(gaps(r"\s*[,;:.!?…|]{1,8}+(?=\s)\s*|\s+"))
#: So many places are offered on a card: more are no choice. With the cursor every other one can be had.
MOST_BREAKS = 40
#: "1. ", "a) ", "TP. ": no clause of its own.
_FEWEST_LETTERS = 4
#: Signs of a mark and the blanks behind it.
_GAP = 70


@dataclass(frozen=True, slots=True)
class Portion:
    """Words of a directive between two breaks, and where they begin in the text of the document."""

    text: str
    start: int


def breaks(text: str) -> tuple[int, ...]:
    """Where a second clause of ``text`` begins, counted from its first character; the strong marks first
    where there are more than ``MOST_BREAKS``."""
    left, since, at = _letters(text), 0, 0
    found: list[int] = []
    for mark in _BREAK.finditer(text):
        more = _letters(text[at : mark.end()])
        left, since, at = left - more, since + more, mark.end()
        if left < _FEWEST_LETTERS:
            break
        if since >= _FEWEST_LETTERS:
            found.append(at)
            since = 0
    if len(found) > MOST_BREAKS:
        found = [at for at in found if text[max(0, at - _GAP) : at].rstrip()[-1:] != ","]
    return tuple(found[:MOST_BREAKS])


def portions_of(directive: DraftDirective) -> tuple[Portion, ...]:
    """The words of ``directive`` between its breaks, in order; the first begins with it."""
    starts = (0, *breaks(directive.text), len(directive.text))
    return tuple(
        Portion(directive.text[first:end].rstrip(), directive.span.start + first)
        for first, end in zip(starts, starts[1:], strict=False)
    )


def halves(text: str, whole: Span, at: int) -> tuple[Span, Span] | None:
    """The two places that a cut of ``whole`` at ``at`` (of ``text``) leaves; None where one had no words.

    A cut inside a word is made before that word; a mark stays with the words before it.
    """
    if not whole.start < at < whole.end <= len(text):
        return None
    while at > whole.start and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    mark = _MARK.match(text, at, whole.end)
    at = mark.end() if mark else at
    at = whole.end - len(text[at : whole.end].lstrip())
    end = whole.start + len(text[whole.start : at].rstrip())
    if not (_letters(text[whole.start : end]) and _letters(text[at : whole.end])):
        return None
    return Span(whole.start, end), Span(at, whole.end)


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)
