"""A document's text as paragraphs in which the spans of directives are marked and numbered."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.draft import Mark, Span, Statement


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """Characters under the same marks. ``begins`` are the directives that start here.

    ``aside`` is the statement that gives no task, where one starts: it says so, and why.
    """

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    aside: Statement | None = None


Paragraph = tuple[MarkedPiece, ...]
#: A directive's number and its place.
Numbered = tuple[int, Span]


def marked(text: str, spans: Sequence[Span], statements: Sequence[Statement] = ()) -> list[Paragraph]:
    """The non-empty lines of ``text``; span number n (from 1) is marked n, overlaps carry both."""
    asides = {one.span.start: one for one in statements if one.mark is not Mark.DIRECTIVE}
    places = sorted(asides)
    numbered = sorted(enumerate(spans, 1), key=lambda one: one[1].start)
    found: list[Paragraph] = []
    here: list[Numbered] = []  # those that reach into the line, so that a line costs only its own
    start = met = 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [one for one in here if one[1].end > start]
        while met < len(numbered) and numbered[met][1].start < end:
            here.append(numbered[met])
            met += 1
        if line.strip():
            cuts = places[bisect_left(places, start) : bisect_left(places, end)]
            reaching = sorted(one for one in here if one[1].end > start)
            found.append(_pieces(text, start, end, reaching, {at: asides[at] for at in cuts}))
        start = end + 1
    return found


def around(text: str, span: Span) -> list[Paragraph]:
    """Only the paragraphs in which ``span`` lies, with it marked."""
    return [line for line in marked(text, [span]) if any(piece.numbers for piece in line)]


def _pieces(
    text: str, start: int, end: int, here: Sequence[Numbered], asides: Mapping[int, Statement]
) -> Paragraph:
    cuts = {start, end, *asides}
    for _, span in here:
        cuts |= {max(span.start, start), min(span.end, end)}
    edges = sorted(cuts)
    return tuple(
        MarkedPiece(
            text[first:last],
            tuple(n for n, span in here if span.start <= first and last <= span.end),
            tuple(n for n, span in here if span.start == first),
            asides.get(first),
        )
        for first, last in zip(edges, edges[1:], strict=False)
    )
