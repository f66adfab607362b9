"""The account of the operative part after a person has dropped or added directives."""

from collections.abc import Sequence
from dataclasses import replace

from rules.draft import DraftDirective, Mark, Span, Statement

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


def _settled(statement: Statement, told: Sequence[Span]) -> Statement:
    is_task = _meets(statement.span, told)
    if is_task == (statement.mark is Mark.DIRECTIVE):
        return statement
    mark, reason = (Mark.DIRECTIVE, _ADDED) if is_task else (Mark.NO_TASK, _DROPPED)
    return replace(statement, mark=mark, reason=reason, read_by=BY_HAND)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
