"""Items that tell the roles in brackets or labels after the work itself.

"Kiểm tra bến khách - Sở GTVT (chủ trì), UBND huyện Kế Sách (phối hợp). Thời hạn: 30/6" and
"… (Chủ trì: Sở A; phối hợp: Sở B; hoàn thành trước 30/6)" (labelling guideline §6).
"""

import re
from dataclasses import replace

from rules.draft import DraftDirective, Party, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.receivers import receivers
from rules.reading.layout.segments import Block, trimmed
from rules.text.gaps import gaps

_BRACKET = re.compile(gaps(r"\s*\(\s*(?P<role>[^)]{0,40})\)"))
_LEADING = re.compile(r"chu tri|dau moi|thuc hien chinh|chiu trach nhiem chinh")
_LED = re.compile(rf"\([^()]*(?:{_LEADING.pattern})")
_LABEL = re.compile(
    gaps(
        r"(?P<lead>(?:don vi |co quan )?(?:chu tri|thuc hien|dau moi))(?: thuc hien)?\s*:\s*"
        r"|(?P<cooperate>(?:don vi |co quan )?phoi hop(?: thuc hien)?)\s*:\s*"
        r"|(?P<due>thoi (?:han|gian)(?: hoan thanh| thuc hien)?|han(?: hoan thanh| xu ly)?|hoan thanh)\s*:\s*"
        r"|(?P<report>bao cao(?: ve)?|noi nhan)\s*:\s*"
    )
)


def read_roles(context: Context, block: Block) -> DraftDirective | None:
    """The one directive of a block that tells its roles after its content, or None."""
    folded = context.views.folded
    colon = folded.find(":", block.start + 8, block.end) >= 0
    labels = list(_LABEL.finditer(folded, block.start + 8, block.end)) if colon else []
    if any(label.lastgroup == "lead" for label in labels):
        return _from_labels(context, block, labels)
    return _from_brackets(context, block) if _LED.search(folded, block.start, block.end) else None


def _from_labels(context: Context, block: Block, labels: list[re.Match[str]]) -> DraftDirective | None:
    fields: dict[str, Span] = {}
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else block.end
        fields.setdefault(label.lastgroup or "", Span(label.end(), end))
    lead = _parties(context, fields["lead"])
    if not lead:
        return None
    cooperate = _parties(context, fields["cooperate"]) if "cooperate" in fields else ()
    due = fields.get("due", Span(block.start, block.end))
    return _directive(context, block, lead, cooperate, due)


def _from_brackets(context: Context, block: Block) -> DraftDirective | None:
    lead: list[Party] = []
    cooperate: list[Party] = []
    waiting: list[Party] = []
    first = block.end
    for index in context.names_between(block.start, block.end):
        named = context.names[index]
        waiting += context.parties_of(index, block.start)
        first = min(first, named.start)
        role = _BRACKET.match(context.views.folded, named.end, block.end)
        if role is None:
            continue
        if _LEADING.search(role["role"]):
            lead += waiting
        elif "phoi hop" in role["role"]:
            cooperate += waiting
        waiting = []
    if not lead or first - block.start < 8:
        return None
    return _directive(context, block, tuple(lead), tuple(cooperate), Span(block.start, block.end))


def _directive(
    context: Context, block: Block, lead: tuple[Party, ...], cooperate: tuple[Party, ...], due: Span
) -> DraftDirective:
    span = trimmed(context.views, Span(block.start, block.end))
    told = {party.body_id for party in (*lead, *cooperate)}
    directive = DraftDirective(
        text=context.views.text[span.start : span.end],
        span=span,
        lead=lead,
        cooperate=cooperate,
        due=context.deadlines.read_cell(due.start, due.end),
        report_to=tuple(p for p in receivers(context, span.start, span.end) if p.body_id not in told),
        escalation=is_escalation(context.views, span.start, span.end, recurring=False),
        read_by="roles_after_content",
    )
    return replace(directive, doubts=doubts.of_directive(context, directive, far=False))


def _parties(context: Context, span: Span) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for index in context.names_between(span.start, span.end):
        for party in context.parties_of(index, span.start):
            found.setdefault(party.body_id or party.phrase, party)
    return tuple(found.values())
