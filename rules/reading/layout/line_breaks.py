"""Line breaks inside a name or a phrase: blanked, so that what follows is read in one piece.

A text pasted from a mail or a scan breaks its lines anywhere. A break is taken for one of those
only where the text itself says that the line goes on: a name of the register runs across it, or
the line ends with a word that ends no line ("trước ngày").
"""

import re

from rules.people.registry import Registry
from rules.reading.layout.segments import past_marker
from rules.reading.text.normalise import Views

_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_FINAL = ".:;!?…"
_LONGEST_NAME = 90
#: No line of a text ends with these: the next one goes on.
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:ngày|tháng|trước|trong|của|và|với|các|cho|về|tại|theo|từ|đến|giao|yêu cầu|đề nghị|từng|mỗi)$"
)


def without_breaks_in_phrases(views: Views, registry: Registry) -> Views:
    """The views with such breaks turned into spaces; every offset stays what it was."""
    places = [found.start() for found in _BREAK.finditer(views.clean)]
    places = [at for at in places if views.clean[at - 1] not in _FINAL and _goes_on(views, at)]
    places = [at for at in places if _ends_open(views, at) or _name_across(views, at, registry)]
    if not places:
        return views
    clean, folded = list(views.clean), list(views.folded)
    for at in places:
        clean[at] = folded[at] = " "
    return Views(views.text, "".join(clean), "".join(folded))


def _goes_on(views: Views, at: int) -> bool:
    """Whether both lines are running text, the first without a final mark, the second no item."""
    start = views.clean.rfind("\n", 0, at) + 1
    end = views.clean.find("\n", at + 1)
    line, following = views.clean[start:at].rstrip(), views.clean[at + 1 : end if end >= 0 else None]
    if not line or line[-1] in _FINAL or not following.strip():
        return False
    if any(mark in line or mark in following for mark in "\t|") or "   " in following:
        return False
    if line.isupper() or following.isupper():
        return False  # the lines of a letterhead or a title
    begin = at + 1 + len(following) - len(following.lstrip())
    return past_marker(views, begin, at + 1 + len(following)) == begin


def _ends_open(views: Views, at: int) -> bool:
    return _UNFINISHED.search(views.clean[max(0, at - 20) : at].rstrip()) is not None


def _name_across(views: Views, at: int, registry: Registry) -> bool:
    """Whether a name of the register begins before the break and ends after it."""
    left = " ".join(views.folded[max(0, at - _LONGEST_NAME) : at].split())
    text = f"{left} {' '.join(views.folded[at : at + _LONGEST_NAME].split())} ".replace("-", " ")
    for last, name in registry.automaton.iter(text):
        first = last - len(name) + 1
        whole = not text[last + 1].isalnum() and (first == 0 or not text[first - 1].isalnum())
        if whole and first < len(left) < last:
            return True
    return False
