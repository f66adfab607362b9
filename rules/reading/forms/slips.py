"""Task slips: labelled lines ("Đơn vị chủ trì: …", "Thời hạn: …") around one or more contents.

A new content label begins a new directive; the other labels belong to the content above them, or
to the first content when they stand before it (labelling guideline §6).
"""

import re
from dataclasses import dataclass, replace

from rules.draft import DraftDirective, DraftDue, Party, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.receivers import receivers
from rules.reading.layout.segments import Block, trimmed
from rules.text.gaps import gaps

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cooperate", re.compile(r"(?:don vi |co quan |nguoi )?(?:cung )?phoi hop(?: thuc hien)?")),
    (
        "due",
        re.compile(
            r"(?:thoi han|thoi gian|han|ngay)(?: phai)?(?: hoan thanh| thuc hien| xu ly| bao cao| "
            r"giai quyet| cuoi)?(?: chot)?"
        ),
    ),
    (
        "report",
        re.compile(
            r"(?:bao cao(?: ket qua)?(?: ve| gui| cho)?|noi nhan (?:bao cao|ket qua)|ket qua gui(?: "
            r"ve)?|gui ket qua(?: ve)?|cap trinh|trinh)"
        ),
    ),
    (
        "lead",
        re.compile(
            r"(?:don vi |co quan |nguoi |can bo )?(?:chu tri|thuc hien|duoc giao|nhan (?:viec|nhiem "
            r"vu)|xu ly(?: chinh)?|nhan)|giao(?: cho)?|kinh gui|gui|don vi|co quan"
        ),
    ),
    (
        "content",
        re.compile(
            r"(?:noi dung|nhiem vu|cong viec|viec|y kien chi dao|noi dung (?:giao|nhiem vu|cong viec"
            r"|cong viec giao|chi dao|thuc hien)|viec (?:giao|can lam)|yeu cau|nhiem vu (?:giao|cu "
            r"the)|trich yeu)(?: \d+)?"
        ),
    ),
    (
        "other",
        re.compile(
            r"(?:can cu|san pham|ket qua|ghi chu|do khan|muc do|so|ngay giao|nguoi giao|lanh dao giao"
            r"|nguon|y kien)[a-z ]{0,30}"
        ),
    ),
)


_ENTRY_HEADING = re.compile(gaps(r"(?:viec|nhiem vu|noi dung|muc|phan)\s+(?:so\s+)?[\divx]{1,4}\W*$"))


@dataclass
class _Entry:
    content: Span | None
    fields: dict[str, Span]


def read_slip(context: Context, blocks: list[Block]) -> tuple[list[DraftDirective], list[Block]]:
    """The directives of a labelled slip (none without labels) and the blocks below without labels."""
    below: list[Block] = []
    shared: dict[str, Span] = {}
    entries: list[_Entry] = []
    for block in blocks:
        labels = labelled(context, block)
        if entries and not labels and not _ENTRY_HEADING.match(context.views.folded, block.start, block.end):
            below.append(block)
        for label, value in labels:
            if label == "content":
                entries.append(_Entry(value, {}))
            elif entries:
                entries[-1].fields.setdefault(label, value)
            else:
                shared.setdefault(label, value)
    found = [_directive(context, entry, shared, entries) for entry in entries if entry.content]
    return [directive for directive in found if directive is not None], below


def label_of(words: str) -> str | None:
    """The role of a label from its folded words."""
    return next((name for name, pattern in _LABELS if pattern.fullmatch(words.strip())), None)


def labelled(context: Context, block: Block) -> list[tuple[str, Span]]:
    """The labels of a block and what they say; several may stand on one line, parted by ";" or pipes."""
    found: list[tuple[str, Span]] = []
    views = context.views
    at = block.start
    pattern = re.compile(gaps(r"(?:^|[;|\t.]|(?<=\s)-)\s*(?P<label>[^\W\d_][^:;.|\t\n]{1,40}?)\s*:\s*"))
    hits = [
        (h, label_of(" ".join(views.folded[h.start("label") : h.end("label")].split())))
        for h in pattern.finditer(views.clean[: block.end], at)
    ]
    first = re.compile(gaps(r"(?P<label>[^\W\d_][^:;.|\t\n]{1,40}?)\s*:\s*")).match(
        views.clean, block.start, block.end
    )
    if first:
        hits = [
            (first, label_of(" ".join(views.folded[first.start("label") : first.end("label")].split())))
        ] + [h for h in hits if h[0].start() >= first.end()]
    if not first or not hits[0][1]:
        return []  # a sentence with "(chủ trì: …; phối hợp: …)" inside is no labelled line
    known = [(h, label) for h, label in hits if label]
    for number, (hit, label) in enumerate(known):
        end = known[number + 1][0].start() if number + 1 < len(known) else block.end
        span = trimmed(views, Span(hit.end(), end))
        if label and span.end > span.start:
            found.append((label, span))
    return found


def _directive(
    context: Context, entry: _Entry, shared: dict[str, Span], entries: list[_Entry]
) -> DraftDirective | None:
    content = entry.content
    if content is None:
        return None
    fields = (
        {**shared, **entry.fields}
        if len(entries) == 1 or entry.fields
        else {**shared, **(entries[-1].fields)}
    )
    lead = _parties(context, fields.get("lead"))
    if not lead:
        return None
    due_span = fields.get("due")
    due = context.deadlines.read_cell(due_span.start, due_span.end) if due_span else DraftDue()
    if due_span is None:
        due = context.deadlines.read(content.start, content.end)
    report = _parties(context, fields.get("report")) or receivers(context, content.start, content.end)
    directive = DraftDirective(
        text=context.views.text[content.start : content.end],
        span=content,
        lead=lead,
        cooperate=_parties(context, fields.get("cooperate")),
        due=due,
        report_to=report,
        escalation=is_escalation(context.views, content.start, content.end, recurring=False),
        read_by="slip_label",
    )
    return replace(directive, doubts=doubts.of_directive(context, directive, far=False))


def _parties(context: Context, span: Span | None) -> tuple[Party, ...]:
    if span is None:
        return ()
    found: dict[str, Party] = {}
    for index in context.names_between(span.start, span.end):
        for party in context.parties_of(index, span.start):
            found.setdefault(party.body_id or party.phrase, party)
    return tuple(found.values())
