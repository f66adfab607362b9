"""Who is named in a cell, and as what (labelling guideline §6)."""

import re

from rules.draft import Party, Span
from rules.reading.clauses.context import Context

_LIST_MARK = re.compile(r" ?[,;] ?")
#: What opens an agency's name, so that a cell of several such names is a list: "VNPT A, Viettel A".
_HEAD = re.compile(
    r"(?:Sở|Công (?:ty|an|đoàn)|Viettel|Mobi[Ff]one|Vina[Pp]hone|Chi (?:cục|nhánh)|Ban|Trung tâm|Phòng"
    r"|Hội|UBND"
    r"|Điện lực|Đài|Báo|Trường|Bệnh viện|Trạm|Ngân hàng|Tập đoàn|Tổng công ty|Hợp tác xã|Cục)(?!\w)"
)
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
    if _NOBODY.match(" ".join(context.views.folded[cell.start : cell.end].split())):
        return known
    names = _LIST_MARK.split(words)
    first = names[0].split()[0] if names[0] else ""
    if len(names) > 1 and all(
        name.split()[:1] == [first] or name[:2].isupper() or _HEAD.match(name) for name in names
    ):
        return tuple(Party(name, None, cell) for name in names)
    named = words[:1].isupper() and len(words.split()) <= _LONGEST_NAME
    return (Party(words, None, cell),) if named else known


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
