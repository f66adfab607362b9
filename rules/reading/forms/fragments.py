"""Sentences that are no directive of their own but complete the one before (labelling guideline §2).

"Thời hạn: …", "Trình UBND tỉnh trước ngày …" give it a day, "Sở B phối hợp." somebody who helps.
"""

import re
from dataclasses import replace

from rules.draft import DraftDirective, DueKind, Party, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.continuity import follows_on
from rules.reading.clauses.joined_names import take_list
from rules.reading.clauses.receivers import receivers
from rules.text.gaps import gaps

_HELPS = re.compile(gaps(r"\s+(?:cung )?phoi hop(?: thuc hien| chat che)?\W*"))
_DEADLINE_FRAGMENT = re.compile(
    gaps(
        r"(?:thoi han|thoi gian|han|hoan thanh|xong|trinh|gui)"
        r"(?:\s+(?:hoan thanh|thuc hien|bao cao|chot|cuoi))?"
        r"\s*:?\s*(?:la\s+)?(?=truoc|trong|cham nhat|den|vao|ngay|\d|quy|thang|thu \w|hang|moi|dinh ky)"
    )
)
_NEXT_STEP = re.compile(gaps(r"(?:sau do|tiep do|tiep theo|truong hop)\b"))
_ANEW = re.compile(r"\b(?:phai|can|giao|yeu cau|de nghi|khan truong|truoc ngay|cham nhat)\b")
#: Signs that may stand behind the day in a fragment.
_LONGEST_TAIL = 25


def dated_by(
    context: Context, last: DraftDirective, sentence: Span, same_block: bool
) -> DraftDirective | None:
    """The directive with the day that the next sentence gives it, or None if that one stands alone."""
    follows = same_block and follows_on(context, sentence)
    if not follows and not _DEADLINE_FRAGMENT.match(context.views.folded, sentence.start, sentence.end):
        return None
    due = context.deadlines.read_cell(sentence.start, sentence.end)
    if last.due.kind is not DueKind.NONE or due.span is None:
        return None
    if not follows and sentence.end - due.span.end > _LONGEST_TAIL:
        return None
    span = Span(last.span.start, sentence.end if same_block else last.span.end)
    told = replace(last, span=span, text=context.views.text[span.start : span.end], due=due)
    if follows:
        told = replace(
            told, report_to=_all_of(last.report_to, receivers(context, sentence.start, sentence.end))
        )
    return replace(told, doubts=doubts.of_directive(context, told, far=False))


def _all_of(before: tuple[Party, ...], more: tuple[Party, ...]) -> tuple[Party, ...]:
    known = {party.body_id or party.phrase for party in before}
    return before + tuple(party for party in more if (party.body_id or party.phrase) not in known)


def helped_by(context: Context, last: DraftDirective, sentence: Span) -> DraftDirective | None:
    """The directive with those who cooperate, where the next sentence of its block names only them."""
    indexes = context.names_between(sentence.start, sentence.end)
    if not indexes or context.names[indexes[0]].start != sentence.start:
        return None
    items, after = take_list(context, indexes[0], sentence.end)
    if not _HELPS.fullmatch(context.views.folded, after, sentence.end):
        return None
    helpers = tuple(p for i in items for p in context.parties_of(i, sentence.start))
    span = Span(last.span.start, sentence.end)
    text = context.views.text[span.start : span.end]
    return replace(last, span=span, text=text, cooperate=last.cooperate + helpers)


def goes_on(context: Context, sentence: Span) -> bool:
    """Whether a sentence opens as the next step of what was told, and orders nothing anew."""
    folded = context.views.folded
    if not _NEXT_STEP.match(folded, sentence.start, sentence.end):
        return False
    return _ANEW.search(folded, sentence.start, sentence.end) is None
