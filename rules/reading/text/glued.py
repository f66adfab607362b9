"""Words glued together in scanning or conversion: "chủtrì", "SởTài chính", "BANHÀNH".

A word is parted only where it is no Vietnamese syllable and exactly one parting is likely; all
others stay as they are (reference on directives, "words glued").
"""

import re

from rules.reading.text.verbs import ACTION_VERBS
from rules.text.folding import fold
from rules.text.syllables import is_syllable

#: No syllable has more than seven letters, few have six; "SởTài" shows by its capital.
_LONG = re.compile(r"\b[^\W\d_]{6,14}")
_CAPITALISED = re.compile(r"\b(?>[^\W\d_]*[a-zà-ỹ][A-ZĐ][a-zà-ỹ])[a-zà-ỹ]*+")
_ANY_INNER_CAPITAL = re.compile(r"[A-ZĐ](?<=[a-zà-ỹ].)")  # begins with what is rare, so it is quick
_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ][a-zà-ỹ])")


def without_glue(text: str) -> str:
    """The text with such words parted by a space."""
    if _ANY_INNER_CAPITAL.search(text):
        text = _CAPITALISED.sub(_parted, text)
    return _LONG.sub(_parted, text)


def _parted(found: re.Match[str]) -> str:
    word = found.group()
    if word.isascii() or is_syllable(word):
        return word
    at_capitals = _INNER_CAPITAL.split(word)
    if len(at_capitals) > 1:
        return " ".join(at_capitals) if all(is_syllable(part) for part in at_capitals) else word
    pairs = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    pairs = [pair for pair in pairs if all(is_syllable(part) for part in pair)]
    known = [pair for pair in pairs if fold(" ".join(pair)) in ACTION_VERBS]
    choice = known if known else pairs
    return " ".join(choice[0]) if len(choice) == 1 else word
