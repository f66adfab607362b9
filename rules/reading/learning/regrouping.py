"""Directives that were cut or joined by a person: which of the first reading went into which.

A cut is no directive that was read past, and joining two drops neither: both are one wrong boundary.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.documents.joining import combined
from rules.draft import DraftDirective, Party


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Places (from 0) of directives as first read, and of those that they became; one side has several."""

    read: tuple[int, ...]
    issued: tuple[int, ...]


def is_part(one: DraftDirective, other: DraftDirective) -> bool:
    """Whether more than half of the shorter of the two stands in the other."""
    return 2 * overlap(one, other) > min(length(one), length(other))


def overlap(one: DraftDirective, other: DraftDirective) -> int:
    """How many characters the two have in common."""
    return max(0, min(one.span.end, other.span.end) - max(one.span.start, other.span.start))


def length(directive: DraftDirective) -> int:
    """How many characters it has."""
    return directive.span.end - directive.span.start


def regrouped(
    first: Sequence[DraftDirective], issued: Sequence[DraftDirective], kept: dict[int, int]
) -> list[Regrouped]:
    """What was cut or joined, apart from what was ``kept`` word for word (place in first -> in issued)."""
    left = [m for m in range(len(issued)) if m not in set(kept.values())]
    groups: list[tuple[set[int], set[int]]] = []
    for n in (n for n in range(len(first)) if n not in kept):
        reads, parts = {n}, {m for m in left if is_part(first[n], issued[m])}
        if not parts:
            continue
        for group in [group for group in groups if group[1] & parts]:
            groups.remove(group)
            reads |= group[0]
            parts |= group[1]
        groups.append((reads, parts))
    return [
        Regrouped(tuple(sorted(reads)), tuple(sorted(parts)))
        for reads, parts in groups
        if len(reads) + len(parts) > 2
    ]


@dataclass(frozen=True, slots=True)
class FirstRead:
    """A first reading, in which the origin of a part is looked up."""

    ordered: tuple[DraftDirective, ...]
    starts: tuple[int, ...]
    longest: int

    @classmethod
    def of(cls, first: Sequence[DraftDirective]) -> "FirstRead":
        """Of the directives as they were first read."""
        ordered = tuple(sorted(first, key=lambda one: one.span.start))
        return cls(ordered, tuple(one.span.start for one in ordered), max(map(length, ordered), default=0))

    def of_part(self, part: DraftDirective) -> DraftDirective:
        """``part`` with the parties that were first read in its words; as it is, if nothing was."""
        begin = bisect_left(self.starts, part.span.start - self.longest)
        near = self.ordered[begin : bisect_left(self.starts, part.span.end)]
        met = [one for one in near if is_part(one, part)]
        if not met:
            return part
        whole = combined(met)
        lead, cooperate, report_to = (
            _named_in(part.text, parties) for parties in (whole.lead, whole.cooperate, whole.report_to)
        )
        return replace(part, lead=lead, cooperate=cooperate, report_to=report_to)


def _named_in(text: str, parties: Sequence[Party]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.phrase in text)
