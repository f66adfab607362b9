"""Tasks as a title with lines below it: "Chủ trì: …", "Phối hợp: …", "Hạn: …", "Kết quả: …" (issue 14).

A plan or a list writes so what a table would say in one row; the title is the directive's text.
"""

from dataclasses import dataclass, replace

from rules.draft import DocumentKind, DraftDirective, DraftDue, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.receivers import receivers
from rules.reading.forms.cells import told_in
from rules.reading.forms.slips import labelled
from rules.reading.layout.segments import Block, trimmed

_LONGEST_TITLE = 60  # words
_ROLES = ("lead", "cooperate", "due", "report", "other")


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Span
    fields: dict[str, Span]


def read_stacked(context: Context, blocks: list[Block]) -> tuple[list[DraftDirective], list[Block]]:
    """The directives of such forms, and the blocks that belong to none."""
    if context.header.kind not in (DocumentKind.NOTICE, DocumentKind.TABLE):
        return [], blocks
    found: list[DraftDirective] = []
    rest: list[Block] = []
    at = 0
    while at < len(blocks):
        entry, used = _entry(context, blocks, at)
        directive = _directive(context, entry) if entry else None
        if directive:
            found.append(directive)
            at += used
            continue
        rest.append(blocks[at])
        at += 1
    return found, rest


def _entry(context: Context, blocks: list[Block], at: int) -> tuple[_Entry | None, int]:
    """The title at ``at`` with the labelled lines below it; None unless one of them names a lead and more."""
    first = labelled(context, blocks[at])
    if first and first[0][0] != "content":
        return None, 1
    title = first[0][1] if first else trimmed(context.views, Span(blocks[at].start, blocks[at].end))
    if len(context.views.folded[title.start : title.end].split()) > _LONGEST_TITLE:
        return None, 1
    fields: dict[str, Span] = {}
    below = at + 1
    while below < len(blocks):
        labels = labelled(context, blocks[below])
        if not labels or any(label not in _ROLES or label in fields for label, _ in labels):
            break
        fields.update(labels)
        below += 1
    told = "lead" in fields and ("due" in fields or "cooperate" in fields)
    return (_Entry(title, fields), below - at) if told else (None, 1)


def _directive(context: Context, entry: _Entry) -> DraftDirective | None:
    fields, title = entry.fields, entry.title
    lead = told_in(context, fields["lead"])
    if not lead:
        return None
    due_span = fields.get("due")
    due = context.deadlines.read_cell(due_span.start, due_span.end) if due_span else DraftDue()
    directive = DraftDirective(
        text=context.views.text[title.start : title.end],
        span=title,
        lead=lead,
        cooperate=told_in(context, fields["cooperate"]) if "cooperate" in fields else (),
        due=due,
        report_to=receivers(context, title.start, title.end),
        escalation=is_escalation(context.views, title.start, title.end, recurring=False),
        read_by="slip_label",
    )
    return replace(directive, doubts=doubts.of_directive(context, directive, far=False))
