"""Who is named in a cell, and as what (labelling guideline §6)."""

import re

from rules.draft import Party, Span
from rules.reading.clauses.context import Context

_LONGEST_NAME = 12  # words of a cell that names one body
#: A cell that names nobody.
_NOBODY = re.compile(r"(?:khong|nhu tren|nt\b|chua|tat ca|toan the|thuong xuyen|hang|quy|thang|nam)\b")


def parties_in(context: Context, cell: Span | None) -> tuple[Party, ...]:
    """The bodies that a cell names, each once."""
    if cell is None:
        return ()
    found: dict[str, Party] = {}
    for index in context.names_between(cell.start, cell.end):
        for party in context.parties_of(index, cell.start):
            found.setdefault(party.body_id or party.phrase, party)
    return tuple(found.values())


def told_in(context: Context, cell: Span | None) -> tuple[Party, ...]:
    """Whom a cell of leads or helpers names; whom the register does not know in the words of the cell."""
    known = parties_in(context, cell)
    if cell is None or any(party.body_id for party in known):
        return known
    words = " ".join(context.views.text[cell.start : cell.end].split())
    named = words[:1].isupper() and len(words.split()) <= _LONGEST_NAME
    return (
        (Party(words, None, cell),)
        if named and not _NOBODY.match(" ".join(context.views.folded[cell.start : cell.end].split()))
        else known
    )


def led_in(context: Context, cell: Span | None) -> tuple[Party, ...]:
    """Whom the cell of leads names, without those who only help there."""
    told = told_in(context, cell)
    helps = {party.body_id or party.phrase for party in helping_in(context, cell)}
    return tuple(party for party in told if (party.body_id or party.phrase) not in helps) or told


def helping_in(context: Context, cell: Span | None) -> tuple[Party, ...]:
    """ "Sở A phối hợp Sở B", "Sở A chủ trì, Sở B phối hợp" in the cell of leads: who helps."""
    at = context.views.folded.find("phoi hop", cell.start, cell.end) if cell else -1
    if cell is None or at < 0:
        return ()
    behind = parties_in(context, Span(at, cell.end))
    if behind:
        return behind
    led = context.views.folded.find("chu tri", cell.start, at)
    return parties_in(context, Span(led, at)) if led >= 0 else ()
