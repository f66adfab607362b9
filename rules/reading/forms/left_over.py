"""Sentences that may be orders and became no directive: each is a doubt of its own, with the reason.

Nothing found is never "nothing to do": a text without any directive says so first, with its likeliest
sentences. What is certainly none (head, recipients, grounds, others' words, captions) is not doubted.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from rules.draft import LEFT_OVER, DocumentKind, Doubt, DraftDirective, DueKind, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.judgement import is_accountability, is_list_introduction, rejection
from rules.reading.clauses.subjects import find_actors
from rules.reading.forms.notes import noted_due
from rules.reading.forms.statements import REASONS
from rules.reading.layout.paper import parts_of_paper
from rules.reading.layout.segments import Block, sentences_of
from rules.reading.layout.speakers import asking_end, is_reported
from rules.reading.layout.voices import block_is_title
from rules.reading.layout.zones import uncaptioned
from rules.reading.text.words import ASSIGNING, action_within
from rules.text.gaps import gaps

#: Of one paper: a list that nobody reads to its end helps nobody. The rest is counted.
MOST_LEFT_OVER = 12
_LONGEST_QUOTE = 160
_FEWEST_WORDS = 5
GROUNDS = re.compile(
    gaps(
        r"(?:can cu|xet|theo (?:de nghi|bao cao|quy dinh|noi dung)|thuc hien (?:cong dien|cong van"
        r"|quyet dinh|chi thi"
        r"|ke hoach|nghi quyet|y kien|thong bao)|tiep theo|sau khi|tren co so|nham|de (?:thuc hien"
        r"|khac phuc))\b"
    )
)
_ASSIGNS = re.compile(gaps(rf"\b{ASSIGNING}(?:\s+(?:nhiem vu|trach nhiem))?(?:\s+cho)?\s*:?\s*$"))
#: Words of a limit: a bare date in a sentence is mostly the day of something that happened.
_LIMITED = re.compile(r"\b(?:truoc|cham nhat|muon nhat|khong qua|han|xong trong|hoan thanh trong|den het)\b")
_DONE = re.compile(r"\b(?:đã|vừa)\b(?! được giao)")
#: What tells of the meeting, of a goal, or passes the paper on.
TELLS_OF = re.compile(
    gaps(
        r"(?:(?:ngay \d{1,2}|sang|chieu|toi|trong ngay|hom)\b[^.;]{3,280}\b(?:chu tri|to chuc|da)\b|muc"
        r" tieu\b"
        r"|chi tieu\b|ke hoach cua|(?:thu ky"
        r"|chu tri|thanh phan|du)\s*:"
        r"|(?:van phong|ubnd|uy ban|tren day)[^.;]{3,120}\bthong bao\b[^.;]{0,140}\b(?:biet|thuc hien)\W*$"
        r"|tren day la\b|trong \d+ thang|(?:doan|hoi nghi|cuoc hop|lanh dao [a-z]+) (?:ghi nhan|danh gia"
        r"|bieu duong))"
    )
)
_NONE_FOUND = "Chưa tìm thấy kết luận, chỉ đạo nào trong văn bản (đã xem {seen} câu); hãy kiểm tra{more}."


@dataclass(frozen=True, slots=True)
class LeftOver:
    """The doubts in the order of the text, and how many sentences were looked at."""

    doubts: tuple[Doubt, ...]
    seen: int


def left_over(
    context: Context, directives: list[DraftDirective], blocks: list[Block], operative: list[Block]
) -> LeftOver:
    """Every sentence of ``open_blocks`` that may be an order; the first doubt tells where none was found."""
    told = sorted((d.span.start, d.span.end) for d in directives)
    starts, reached = [start for start, _ in told], list(accumulate((end for _, end in told), max))
    seen = 0
    found: list[tuple[Span, str]] = []
    for span in (sentence for block in blocks for sentence in sentences_of(context.views, block)):
        seen += 1
        before = bisect_left(starts, span.end)
        if before and reached[before - 1] > span.start:
            continue
        if reason := _why(context, span, any(b.start <= span.start < b.end for b in operative)):
            found.append((span, reason))
    doubts = [_doubt(context, span, reason) for span, reason in found[:MOST_LEFT_OVER]]
    if len(found) > MOST_LEFT_OVER:
        rest = len(found) - MOST_LEFT_OVER
        doubts.append(
            Doubt(LEFT_OVER, f"Còn {rest} câu khác có thể là chỉ đạo nhưng chưa đọc thành nhiệm vụ.")
        )
    if directives:
        return LeftOver(tuple(doubts), seen)
    more = " những câu dưới đây có phải là chỉ đạo không" if found else " văn bản có giao việc không"
    return LeftOver((Doubt("document", _NONE_FOUND.format(seen=seen, more=more)), *doubts), seen)


def open_blocks(
    context: Context, directives: list[DraftDirective], blocks: list[Block], operative: list[Block]
) -> list[Block]:
    """The blocks of the parts in which anybody could be told something.

    In minutes with a conclusion (``operative``) what stands before it is surely the words of others.
    """
    if directives and context.header.kind is DocumentKind.MINUTES:
        blocks = operative
    if context.header.kind is DocumentKind.PRESS:
        inside = uncaptioned(context.views, blocks)
    else:
        inside = parts_of_paper(context.views, blocks).body
    titled = context.header.kind is DocumentKind.PRESS and len(inside) > 1
    return inside[1:] if titled and block_is_title(context.views, inside[0]) else inside


def is_surely_none(context: Context, span: Span) -> bool:
    """Whether a sentence is a heading, grounds, an account of the meeting, or what somebody reports."""
    views = context.views
    words = views.clean[span.start : span.end].split()
    folded = views.folded[span.start : span.end]
    if len(words) < _FEWEST_WORDS or " ".join(words).isupper():
        return True
    if GROUNDS.match(folded) and asking_end(views, span) is None:
        return True
    if TELLS_OF.match(" ".join(folded.split())):
        return True
    return is_list_introduction(context, span.start, span.end + 1) or is_reported(views, span)


def tells_of_the_past(context: Context, span: Span) -> bool:
    """Whether something is told as done."""
    return _DONE.search(" ".join(context.views.clean[span.start : span.end].split()).lower()) is not None


def _why(context: Context, span: Span, spoken: bool) -> str | None:
    """Why the sentence is no directive though it looks like one; None if it does not, or surely is none."""
    if is_surely_none(context, span):
        return None
    unnamed = spoken and (_asks_somebody(context, span) or _opens_with_a_name(context, span))
    if not (unnamed or _is_told_somebody(context, span) or _has_limit(context, span)):
        return None
    if is_accountability(context, span.start, span.end):
        return None
    if tells_of_the_past(context, span):
        return "đọc là thông tin: thì quá khứ" if _has_limit(context, span) else None
    rule = rejection(context, span.start, span.end, False)
    if rule in ("closing", "question", "other_speaker", "promise"):
        return None
    if rule:
        return f"đọc là: {REASONS[rule][1].lower()}"
    if unnamed and not _is_told_somebody(context, span):
        return "chưa nhận ra đủ cơ quan được giao"
    if not _is_told_somebody(context, span):
        return "có mốc thời gian nhưng không rõ ai thực hiện"
    return "không rõ có phải lời người kết luận hay không"


def _is_told_somebody(context: Context, span: Span) -> bool:
    """Whether a body is named with an order's verb."""
    if find_actors(context, span.start, span.end, span.start) is not None:
        return True
    for index in context.names_between(span.start, span.end):
        named = context.names[index]
        before = context.views.folded[max(span.start, named.start - 40) : named.start]
        if _ASSIGNS.search(before) and action_within(context.views, named.end, span.end, 12):
            return True
    return False


def _asks_somebody(context: Context, span: Span) -> bool:
    """Whether the chair asks somebody whom nobody here knows: "Bộ trưởng lưu ý các bệnh viện tổ chức …"."""
    asks = asking_end(context.views, span)
    return asks is not None and action_within(context.views, asks, span.end, 14)


def _opens_with_a_name(context: Context, span: Span) -> bool:
    """Whether whoever is named first may be told what stands behind, through names that nobody knows."""
    named = context.names_between(span.start, span.end)
    if not named or context.names[named[0]].start != span.start or context.is_upper(context.names[named[0]]):
        return False
    after = context.names[named[0]].end
    listed = context.views.clean.startswith((",", ";"), after)
    return listed and action_within(context.views, after, span.end, 24)


def _has_limit(context: Context, span: Span) -> bool:
    due = context.deadlines.read(span.start, span.end)
    if due.span is None:
        return context.header.kind is DocumentKind.MINUTES and noted_due(context, span) is not None
    firm = due.kind is DueKind.RECURRING or _LIMITED.search(
        context.views.folded, max(span.start, due.span.start - 12), due.span.end
    )
    return bool(firm) and action_within(context.views, span.start, span.end, 12)


def _doubt(context: Context, span: Span, reason: str) -> Doubt:
    quote = " ".join(context.views.text[span.start : span.end].split())
    if len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]}…"
    return Doubt(LEFT_OVER, f"Câu chưa thành nhiệm vụ: “{quote}” ({reason}).", (), span)
