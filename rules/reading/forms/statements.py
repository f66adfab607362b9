"""Account for every sentence of the operative part: directive, orientation or no task (issue 3, coverage).

The statements tile the operative part, so that the review page can show each line beside what was
read in it and nobody has to ask whether a line was looked at (labelling guideline §1).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from rules.draft import DraftDirective, Mark, Span, Statement
from rules.reading.clauses.context import Context
from rules.reading.clauses.judgement import is_accountability, is_list_introduction, rejection
from rules.reading.layout.segments import Block, past_marker, sentences_of, trimmed
from rules.reading.text.words import modal_at

#: Rule of ``judgement.rejection`` -> what it means for a statement.
REASONS = {
    "question": (Mark.NO_TASK, "Câu hỏi"),
    "past_document": (Mark.NO_TASK, "Việc đã giao trước đây"),
    "past_fact": (Mark.NO_TASK, "Việc đã làm, số liệu"),
    "promise": (Mark.NO_TASK, "Dự định, lời hứa"),
    "other_speaker": (Mark.NO_TASK, "Ý kiến của người khác"),
    "closing": (Mark.NO_TASK, "Câu kết, không có việc cụ thể"),
    "rule_of_law": (Mark.NO_TASK, "Dẫn quy định của pháp luật"),
    "exhortation": (Mark.ORIENTATION, "Lời nhắc về tinh thần, không có việc cụ thể"),
    "assessment_or_goal": (Mark.ORIENTATION, "Đánh giá hoặc mục tiêu chung"),
}


def statements_of(
    context: Context,
    directives: list[DraftDirective],
    blocks: list[Block],
    operative: list[Block],
    rows: Iterable[Span],
) -> tuple[Statement, ...]:
    """The statements from the first to the last operative line, in order and without gaps."""
    told = sorted((d.span for d in directives), key=lambda span: span.start)
    rows = list(rows)
    parts = [*[Span(b.start, b.end) for b in operative], *rows, *told]
    if not parts:
        return ()
    first = _line_start(context, min(p.start for p in parts))
    last = max(p.end for p in parts)
    inside = [b for b in blocks if b.end > first and b.start < last]
    cuts = _cuts(context, inside, rows, told, first, last)
    spoken = sorted((b.start, b.end) for b in operative)
    found = []
    for start, stop in zip(cuts, [*cuts[1:], last], strict=True):
        end = start + len(context.views.text[start:stop].rstrip())
        if end > start:
            found.append(_statement(context, Span(start, end), told, spoken))
    return tuple(found)


def _line_start(context: Context, at: int) -> int:
    """Where the line of ``at`` begins, its bullet or number included."""
    text = context.views.text
    begin = text.rfind("\n", 0, at) + 1
    return begin + len(text[begin:at]) - len(text[begin:at].lstrip())


def _cuts(
    context: Context, blocks: list[Block], rows: list[Span], told: list[Span], first: int, last: int
) -> list[int]:
    cuts = {first}
    row_starts = sorted(row.start for row in rows)
    for block in blocks:
        sentences = sentences_of(context.views, block)
        cuts |= {s.start for s in sentences[1:]}
        begin = _line_start(context, block.start)
        cuts.add(begin if block.start - begin <= len(block.marker) + 8 else block.start)
    cuts |= {_line_start(context, start) for start in row_starts}
    ordered = sorted(cuts)
    starts = [span.start for span in told]
    for number, span in enumerate(told):  # a second directive of one sentence begins a statement of its own
        begin = ordered[max(bisect_right(ordered, span.start) - 1, 0)]
        if number and starts[number - 1] >= begin:
            cuts.add(span.start)
    return sorted(cut for cut in cuts if first <= cut < last and not _is_inside(cut, told, starts))


def _is_inside(cut: int, told: list[Span], starts: list[int]) -> bool:
    index = bisect_left(starts, cut) - 1
    return index >= 0 and told[index].start < cut < told[index].end


def _statement(context: Context, span: Span, told: list[Span], spoken: list[tuple[int, int]]) -> Statement:
    index = bisect_left(told, span.end, key=lambda t: t.start) - 1
    if index >= 0 and told[index].end > span.start:
        return Statement(span, Mark.DIRECTIVE, "Nhiệm vụ", "directive")
    place = bisect_right(spoken, (span.end, span.end)) - 1
    if place < 0 or spoken[place][1] <= span.start:
        return Statement(span, Mark.NO_TASK, "Ngoài phần kết luận", "not_operative")
    begin = past_marker(context.views, span.start, span.end)
    words = context.views.clean[begin : span.end]
    if is_list_introduction(context, begin, span.end) or len(words.split()) < 6 or words.upper() == words:
        return Statement(span, Mark.NO_TASK, "Tiêu đề hoặc câu dẫn", "heading")
    if is_accountability(context, begin, span.end):
        return Statement(span, Mark.ORIENTATION, "Chỉ nêu trách nhiệm chung", "accountability")
    rule = rejection(context, begin, trimmed(context.views, span).end, False)
    if rule:
        mark, reason = REASONS[rule]
        return Statement(span, mark, reason, rule)
    guides = re.search(r"\b(?:cần|phải|tiếp tục|tăng cường|đẩy mạnh|nâng cao)\b", words) or modal_at(
        context.views, span.start, span.end
    )
    if guides:
        return Statement(span, Mark.ORIENTATION, "Định hướng, không nêu cơ quan thực hiện", "no_addressee")
    return Statement(span, Mark.NO_TASK, "Không có việc được giao", "information")
