"""Whether to believe a reader: it has met a stranger's file, and may be the stranger's by now."""

from collections.abc import Iterator

from rules.calendar.recurrence import UnknownRule, check_rule
from rules.draft import Draft, DraftDirective, Party, Span
from rules.people.registry import Registry


class Unsound(Exception):
    """A draft that our own reader cannot have made."""


def check_sound(draft: Draft, registry: Registry) -> Draft:
    """The draft, whose places lie in its text and whose bodies are the register's. Raises Unsound."""
    length = len(draft.document.text)
    if not all(0 <= span.start <= span.end <= length for span in _spans(draft)):
        raise Unsound("a place outside of the text")
    if not all(body_id in registry for body_id in _bodies(draft)):
        raise Unsound("a body that the register does not know")
    for directive in draft.directives:
        try:
            if directive.due.rule is not None:
                check_rule(directive.due.rule)
        except UnknownRule:
            raise Unsound("a recurrence that nobody knows") from None
    return draft


def _spans(draft: Draft) -> Iterator[Span]:
    yield from (statement.span for statement in (*draft.statements, *draft.outside))
    yield from (doubt.span for doubt in draft.doubts if doubt.span)
    for directive in draft.directives:
        yield directive.span
        yield from (party.span for party in _parties(directive) if party.span)
        if directive.due.span:
            yield directive.due.span


def _bodies(draft: Draft) -> Iterator[str]:
    if draft.document.issuer_id is not None:
        yield draft.document.issuer_id
    for directive in draft.directives:
        for party in _parties(directive):
            yield from (party.candidates if party.body_id is None else (party.body_id,))


def _parties(directive: DraftDirective) -> tuple[Party, ...]:
    return directive.lead + directive.cooperate + directive.report_to
