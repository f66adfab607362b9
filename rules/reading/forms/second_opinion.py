"""The judge's opinion on what the grammar left (decision 0019).

A paper of which the grammar made much is none of its business. In one where more looks like orders than the
grammar read, these clauses become directives, each with its doubt.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from rules.draft import DocumentKind, Doubt, DraftDirective, Party, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.doubts import of_directive
from rules.reading.clauses.judgement import is_accountability, rejection
from rules.reading.forms.left_over import is_surely_none, tells_of_the_past
from rules.reading.forms.prose import ProseReader
from rules.reading.judge.verdict import Judge, LikelyOrder, verdict_of
from rules.reading.layout.segments import PLAIN_LEVEL, Block, clauses_of, sentences_of
from rules.reading.layout.speakers import is_spoken

#: One sentence that looks like an order may be anything; two tell that something is ordered here.
_FEWEST_LIKELY = 2
_UNFAMILIAR = (
    "Văn bản viết khác các loại đã biết: {n} nhiệm vụ được nhận theo dấu hiệu của câu; "
    "hãy kiểm tra từng nhiệm vụ và những câu còn lại."
)
_LOOKS_SO = "Chưa chắc là chỉ đạo: nhận theo dấu hiệu của câu ({because}), cần kiểm tra."
#: Rule of a directive that only the judge found.
JUDGED = "judged_by_signs"


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Directives of an unfamiliar paper and what is to be said of it; empty if the grammar knows it."""

    directives: tuple[DraftDirective, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def second_opinion(
    context: Context,
    directives: list[DraftDirective],
    blocks: list[Block],
    addressed: tuple[Party, ...],
    judge: Judge | None,
) -> SecondOpinion:
    """The judge on the clauses of ``blocks`` (``left_over.open_blocks``) that are no directive yet."""
    told = _Told(d.span for d in directives)
    if judge is None or not _may_be_unfamiliar(context, blocks, told):
        return SecondOpinion()
    likely = [
        verdict
        for clause, block in clauses_in(context, blocks, told)
        if (verdict := _judged(context, clause, block, judge))
    ]
    if len(likely) < _needed(told):
        return SecondOpinion()
    prose = ProseReader(context, addressed)
    prose.read(blocks)
    found = tuple(_directives_of(context, likely, prose.directives, told))
    return SecondOpinion(found, (Doubt("document", _UNFAMILIAR.format(n=len(found))),))


class _Told:
    """The spans that are directives already, in order; they do not overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._ends = sorted((span.start, span.end) for span in spans)

    def __len__(self) -> int:
        return len(self._ends)

    def reaches(self, span: Span) -> bool:
        """Whether any of ``span`` is told."""
        before = bisect_left(self._ends, (span.end,)) - 1
        return before >= 0 and self._ends[before][1] > span.start

    def add(self, span: Span) -> None:
        """Take a directive in."""
        insort(self._ends, (span.start, span.end))


def _needed(told: _Told) -> int:
    """How many likely orders make a paper unfamiliar: more than the grammar read."""
    return max(_FEWEST_LIKELY, len(told) + 1)


def _may_be_unfamiliar(context: Context, blocks: list[Block], told: _Told) -> bool:
    """Whether enough is open to ask about; what nobody said in a report is news."""
    if context.header.kind is DocumentKind.PRESS and not is_spoken(context.views):
        return False
    return next(islice(clauses_in(context, blocks, told), _needed(told) - 1, None), None) is not None


def clauses_in(
    context: Context, blocks: list[Block], told: _Told | None = None
) -> Iterator[tuple[Span, Block]]:
    """The clauses that may be orders, with their blocks, of sentences in which nothing is told yet."""
    for block in blocks:
        for sentence in sentences_of(context.views, block):
            if (told is None or not told.reaches(sentence)) and not is_surely_none(context, sentence):
                yield from ((clause, block) for clause in clauses_of(context.views, sentence))


def _judged(context: Context, clause: Span, block: Block, judge: Judge) -> LikelyOrder | None:
    """The verdict, unless the grammar knows why the clause is no order."""
    verdict = verdict_of(context, clause, block.level < PLAIN_LEVEL, judge)
    if verdict is None or is_surely_none(context, clause) or tells_of_the_past(context, clause):
        return None
    if is_accountability(context, clause.start, clause.end):
        return None
    return None if rejection(context, clause.start, clause.end, False) else verdict


def _directives_of(
    context: Context, likely: list[LikelyOrder], read: list[DraftDirective], told: _Told
) -> Iterator[DraftDirective]:
    """The likely clauses as prose read them wherever they stand (``read``), or else as they are."""
    waiting = deque(sorted((d for d in read if not told.reaches(d.span)), key=lambda d: d.span.start))
    for verdict in likely:
        mine: list[DraftDirective] = []
        while waiting and waiting[0].span.start < verdict.span.end:
            directive = waiting.popleft()
            if directive.span.end > verdict.span.start:
                mine.append(directive)
        if not mine and not told.reaches(verdict.span):
            mine = [_bare(context, verdict.span)]
        doubt = Doubt("text", _LOOKS_SO.format(because=verdict.because))
        for directive in mine:
            told.add(directive.span)
            yield replace(directive, doubts=(doubt, *directive.doubts))


def _bare(context: Context, span: Span) -> DraftDirective:
    due = context.deadlines.read(span.start, span.end)
    text = context.views.text[span.start : span.end]
    bare = DraftDirective(text, span, due=due, read_by=JUDGED)
    return replace(bare, doubts=of_directive(context, bare, far=False))
