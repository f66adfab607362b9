"""The account of the operative part after a person has dropped or added directives."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from rules.draft import LEFT_OVER, Draft, DraftDirective, Mark, Span, Statement

#: ``Statement.read_by`` of what no rule of the reader decided.
BY_HAND = "secretariat"
_DROPPED = "Văn phòng xác định không phải nhiệm vụ"
_ADDED = "Nhiệm vụ do Văn phòng bổ sung"


def recounted(
    statements: Sequence[Statement], directives: Sequence[DraftDirective], dropped: Sequence[Span] = ()
) -> tuple[Statement, ...]:
    """The statements as ``directives`` leave them: what bears none is no task, what bears one is.

    A ``dropped`` span that lies in no statement gets one of its own, so that it is accounted for too.
    """
    told = [directive.span for directive in directives]
    found = [_settled(statement, told) for statement in statements]
    for span in dropped:
        if not _meets(span, [one.span for one in found]) and not _meets(span, told):
            found.append(Statement(span, Mark.NO_TASK, _DROPPED, BY_HAND))
    return tuple(sorted(found, key=lambda one: one.span.start))


def set_aside(draft: Draft) -> tuple[Statement, ...]:
    """Everything that is neither a directive nor in doubt, in the order of the text, each with its reason."""
    told = _Told([directive.span for directive in draft.directives] + _doubted(draft))
    pieces = [replace(whole, span=part) for whole in draft.outside for part in told.around(whole.span)]
    inside = [
        one
        for one in draft.statements
        if one.mark is not Mark.DIRECTIVE and told.around(one.span) == [one.span]
    ]
    return tuple(sorted((*pieces, *inside), key=lambda one: one.span.start))


def _doubted(draft: Draft) -> list[Span]:
    return [doubt.span for doubt in draft.doubts if doubt.field == LEFT_OVER and doubt.span]


class _Told:
    """Spans that are spoken for; each question looks at those near it only."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans, key=lambda one: one.start):
            before = self._spans[-1] if self._spans else None
            if before and span.start <= before.end:
                self._spans[-1] = Span(before.start, max(before.end, span.end))
            else:
                self._spans.append(span)

    def around(self, whole: Span) -> list[Span]:
        """What of ``whole`` nobody has spoken for."""
        left, start = [], whole.start
        at = bisect_right(self._spans, whole.start, key=lambda one: one.end)
        for taken in takewhile(lambda one: one.start < whole.end, islice(self._spans, at, None)):
            left.append(Span(start, taken.start))
            start = taken.end
        return [part for part in (*left, Span(start, whole.end)) if part.start < part.end]


def _settled(statement: Statement, told: Sequence[Span]) -> Statement:
    is_task = _meets(statement.span, told)
    if is_task == (statement.mark is Mark.DIRECTIVE):
        return statement
    mark, reason = (Mark.DIRECTIVE, _ADDED) if is_task else (Mark.NO_TASK, _DROPPED)
    return replace(statement, mark=mark, reason=reason, read_by=BY_HAND)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
