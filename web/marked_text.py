"""A document's text as paragraphs in which the spans of directives are marked and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.draft import Mark, Span, Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks. ``begins`` are the directives that start here.

    ``aside`` is the statement that gives no task, where one starts: it says so, and why.
    """

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    aside: Statement | None = None


Paragraph = tuple[Piece, ...]


def marked(text: str, spans: Sequence[Span], statements: Sequence[Statement] = ()) -> list[Paragraph]:
    """The non-empty lines of ``text``; span number n (from 1) is marked n, overlaps carry both."""
    asides = {one.span.start: one for one in statements if one.mark is not Mark.DIRECTIVE}
    found: list[Paragraph] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_pieces(text, start, start + len(line), spans, asides))
        start += len(line) + 1
    return found


def around(text: str, span: Span) -> list[Paragraph]:
    """Only the paragraphs in which ``span`` lies, with it marked."""
    return [line for line in marked(text, [span]) if any(piece.numbers for piece in line)]


def _pieces(
    text: str, start: int, end: int, spans: Sequence[Span], asides: Mapping[int, Statement]
) -> Paragraph:
    here = [(n, span) for n, span in enumerate(spans, 1) if span.start < end and span.end > start]
    cuts = {start, end, *(at for at in asides if start <= at < end)}
    for _, span in here:
        cuts |= {max(span.start, start), min(span.end, end)}
    edges = sorted(cuts)
    return tuple(
        Piece(
            text[first:last],
            tuple(n for n, span in here if span.start <= first and last <= span.end),
            tuple(n for n, span in here if span.start == first),
            asides.get(first),
        )
        for first, last in zip(edges, edges[1:], strict=False)
    )
