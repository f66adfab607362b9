"""Blanks in patterns: a gap has a longest length and gives nothing back.

``\\s*`` and ``\\s+`` take the fourth power of a run of blanks where a pattern has several of them, and a
search takes its square where a pattern begins with one. A gap of at most 64 signs that is not tried again
shorter (possessive, Python 3.11) takes neither. Nobody writes more than 64 blanks, tabs or line ends
inside a phrase.
"""

import re
from functools import lru_cache

#: As many as the door leaves of a run of blanks.
LONGEST_GAP = 64
#: A class of signs is left alone: "\\s" in it is followed by other members, not by a count.
_GAP = re.compile(r"(?P<other>\[\^?\]?(?:\\.|[^\]\\])*+(?:\]|$)|\\[^s])|\\s(?P<count>[*+])(?![*+?])")


@lru_cache(maxsize=512)
def gaps(pattern: str) -> str:
    """The pattern with a gap for each ``\\s*`` and ``\\s+``.

    What follows must not need a blank that the gap has taken: "\\s*:?\\s*" is fine, "\\s*:?\\s+" is not.
    """
    return _GAP.sub(_bounded, pattern)


def _bounded(found: re.Match[str]) -> str:
    if found["other"]:
        return found["other"]
    return rf"\s{{{int(found['count'] == '+')},{LONGEST_GAP}}}+"
