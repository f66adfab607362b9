"""Shorthand of minutes: "-> trình UBND tỉnh (20/11)", "SKHĐT + STC", "/ thứ 2 tuần sau" (issue 14).

Signs that stand for words are turned into commas of the same length; a day that stands alone at the end of
an item, in brackets or behind a stroke, is its deadline.
"""

import re

from rules.draft import DraftDue, Span
from rules.reading.clauses.context import Context
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_SIGN = re.compile(r" ?(?:->|=>|→) ?|(?<=[^\W_]) \+ (?=[^\W_])|(?<=\S) / (?=\S)")
_LAST_NOTE = re.compile(
    gaps(r"(?:\(\s*(?P<bracket>[^()\n]{2,24})\)|[,;]\s*(?:han\s+)?(?P<last>[^,;()\n]{3,24}))\W{0,4}$")
)
_ROOM = 32


def without_signs(views: Views) -> Views:
    """The views with such signs as commas; every offset stays what it was."""
    if not _SIGN.search(views.clean):
        return views
    clean, folded = list(views.clean), list(views.folded)
    for found in _SIGN.finditer(views.clean):
        told = "," + " " * (found.end() - found.start() - 1)
        clean[found.start() : found.end()] = told
        folded[found.start() : found.end()] = told
    return Views(views.text, "".join(clean), "".join(folded))


def noted_due(context: Context, part: Span) -> DraftDue | None:
    """The deadline that an item's last words are, if they are nothing else."""
    tail = context.views.folded[max(part.start, part.end - _ROOM) : part.end + 1].rstrip()
    note = _LAST_NOTE.search(tail)
    if note is None:
        return None
    name = "bracket" if note["bracket"] else "last"
    begin = max(part.start, part.end - _ROOM)
    start, end = begin + note.start(name), begin + note.end(name)
    due = context.deadlines.read_cell(start, end)
    if due.span is None or due.span.end - due.span.start < (end - start) * 0.6:
        return None
    return due
