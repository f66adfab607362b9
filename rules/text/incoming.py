"""The one door for text that comes in: signs that nobody sees are taken out, and spelling is one.

Whatever a stranger wrote (a form, a document, a setting, a file's name, an argument) passes ``taken`` or
``cleaned`` where it may be mended, or is asked ``unseen`` where it is refused. Which signs: ``signs.py``.

After the door a text is NFC with lines ended by ``\\n``, has no run of blanks over ``MOST_BLANKS`` and no
letter under more than ``MOST_MARKS`` marks. It is never longer than before, and passes again unchanged.
Tabs stay, because they part columns. Cost: a few ms for 1 MB of honest text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rules.text.gaps import LONGEST_GAP
from rules.text.signs import BLANKS, JOINERS, LINE_ENDS, ODD, is_mark, is_unseen, shown_sign
from rules.text.stacked_marks import thinned

#: Blanks in a row that still mean anything: wider gaps part the columns of a letterhead no better, and no
#: pattern reads over more.
MOST_BLANKS = LONGEST_GAP
#: Marks over and under one letter; Vietnamese has two, Khmer five, and a pile of them covers other lines.
MOST_MARKS = 8

_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
_LINE = re.compile("\r\n|\r|\n")
_ROW = " " * (MOST_BLANKS + 1)
_GAP = re.compile(f"[\t{BLANKS}]{{{MOST_BLANKS + 1},}}")
_NO_TAB = re.compile("[^\t]+")
#: What may be marks: neither letters nor blanks nor common signs. ``_topped`` tells which are.
_PILE = re.compile(
    r"[^\w\s\x00-\u02ff\u2000-\u200b\u200e-\u20cf\u2100-\u2bff\u3000-\u3029\ufe30-\uffef]"
    f"{{{MOST_MARKS + 1},}}"
)
#: A joiner joins two signs; beside a blank, at an end or doubled it joins nothing.
_LONE_JOINER = re.compile(f"(?<!\\S)[{JOINERS}]++|[{JOINERS}]++(?!\\S)|(?<=[{JOINERS}])[{JOINERS}]++")

_WHOLE = 65_536  # signs that are taken at once
#: Where nothing of what is done here reaches across: after a line, before a letter that follows what is
#: neither a blank nor a joiner nor a sign that is taken out (U+034F).
_LETTERS = "!-~\xc0-\u02ff\u1e00-\u1eff"
_CUT = re.compile(f"(?<=\n)|(?<=[{_LETTERS}\u0300-\u034e\u0350-\u036f])(?=[{_LETTERS}])")


@dataclass(frozen=True, slots=True)
class Taken:
    """A text after the door, and what stayed outside: how many signs, and the first kinds of them."""

    text: str
    dropped: int = 0
    kinds: tuple[str, ...] = ()  # "U+202E"


@dataclass(frozen=True, slots=True)
class Unseen:
    """A sign that nobody sees: "U+202E" and its line, from 1."""

    code: str
    line: int

    def __str__(self) -> str:
        return f"có ký tự không nhìn thấy hoặc ký tự điều khiển ({self.code}); hãy xóa rồi gõ lại chỗ này"


def cleaned(text: str) -> str:
    """The text after the door, for whoever need not know what stayed outside."""
    return taken(text).text


def taken(text: str) -> Taken:
    """The text after the door, with what was dropped. Line ends and blanks are no loss and not counted.

    A large text is taken a piece at a time: each of these steps lets no other thread run while it works.
    """
    if len(text) <= _WHOLE:
        return _taken(text)
    found = [_taken(piece) for piece in _pieces(text)]
    kinds = sorted({kind for one in found for kind in one.kinds}, key=lambda kind: int(kind[2:], 16))
    return Taken("".join(one.text for one in found), sum(one.dropped for one in found), tuple(kinds[:5]))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        cut = _CUT.search(text, start + _WHOLE)
        end = cut.start() if cut else len(text)
        yield text[start:end]
        start = end


def _taken(text: str) -> Taken:
    odd = set(ODD.findall(text))
    dropped, kinds = 0, tuple[str, ...]()
    if odd:
        text = _LINE_END.sub("\n", text) if not odd.isdisjoint(LINE_ENDS) else text
        if unseen_ones := {sign for sign in odd if is_unseen(sign) and sign not in LINE_ENDS}:
            kinds = tuple(map(code_of, sorted(unseen_ones)[:5]))
            text, dropped = _without(text, unseen_ones)
        before = len(text)
        text = thinned(text)
        dropped += before - len(text)
    text = unicodedata.normalize("NFC", text)  # looks first, and leaves composed text alone
    if odd:
        text, more = _unpiled(text, odd)
        dropped += more
    if _ROW in text or "\t" in text or not odd.isdisjoint(BLANKS):
        text = _GAP.sub(_narrowed, text)
    return Taken(text, dropped, kinds)


def unseen(text: str) -> Unseen | None:
    """The first sign of ``text`` for which it is refused; None if nobody is deceived by it.

    A line may end as it does in a file (``\\n``, ``\\r\\n``, ``\\r``), not by a sign that no editor shows.
    """
    for found in ODD.finditer(text):
        if found[0] != "\r" and is_unseen(found[0]):
            return Unseen(code_of(found[0]), 1 + len(_LINE.findall(text, 0, found.start())))
    return None


def visible(text: str) -> str:
    """The text for a terminal: a stand-in for each sign that would act on it or that nobody sees.

    Sign for sign, so that what was measured before stays in its place.
    """
    return ODD.sub(lambda found: shown_sign(found[0]), text) if ODD.search(text) else text


def code_of(sign: str) -> str:
    """How a sign that cannot be shown is named: "U+202E"."""
    return f"U+{ord(sign):04X}"


def _without(text: str, signs: set[str]) -> tuple[str, int]:
    left = text.translate(dict.fromkeys(map(ord, signs)))
    return left, len(text) - len(left)


def _unpiled(text: str, odd: set[str]) -> tuple[str, int]:
    """No letter under a heap of marks, no joiner that joins nothing; and how many signs that took."""
    before = len(text)
    if any(map(is_mark, odd)):
        text = _PILE.sub(_topped, text)
    if not odd.isdisjoint(JOINERS):
        text = _LONE_JOINER.sub("", text)
    return text, before - len(text)


def _topped(pile: re.Match[str]) -> str:
    """The first marks of each letter in the run; a joiner between them counts as one."""
    kept, height = [], 0
    for sign in pile[0]:
        height = height + 1 if is_mark(sign) or sign in JOINERS else 0
        if height <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _narrowed(gap: re.Match[str]) -> str:
    return gap[0][:MOST_BLANKS] + _NO_TAB.sub("", gap[0][MOST_BLANKS:])
