"""The reader genre by genre over all sets, each with a judge that has not seen the genre.

The grammar is written and not trained, so that nothing can be held out of it: it was written with most of
these papers in sight (docs/reading.md). What is held out is the genre, from the judge's examples.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.actions.reading.draft_file import draft_to_json
from rules.draft import Genre
from rules.reading.document import read_document_text
from rules.reading.judge.verdict import LIKELY, Judge
from tests.corpus import score
from tests.corpus.figures import Directives, doubts_among, read_agencies
from tests.corpus.learn import (
    CALENDAR,
    NEVER_TAUGHT,
    REGISTRY,
    Example,
    Paper,
    examples_of,
    learned,
    papers,
)

#: Taken for one of these, a paper is looked for orders in the wrong place.
MISTAKEN_FOR = (Genre.PRESS, Genre.MINUTES)
_HEAD = f"{'genre':12}{'papers':>7}{'gold':>6}{'grammar':>9}{'judge':>7}{'both':>7}"
_MORE = f"{'full':>7}{'doubted':>9}{'rest':>7}{'silent':>8}"


@dataclass(frozen=True)
class HeldOut:
    """All papers, their examples, and for each genre a judge taught by the other genres."""

    papers: Sequence[Paper]

    @cached_property
    def examples(self) -> dict[str, list[Example]]:
        """Name of a paper -> its clauses."""
        return {paper.name: examples_of(paper) for paper in self.papers}

    @cached_property
    def judges(self) -> dict[Genre, Judge]:
        """Genre -> the judge that has not seen it."""
        return {genre: self._without(genre) for genre in sorted({genre_of(p) for p in self.papers})}

    def _without(self, genre: Genre) -> Judge:
        teachers = [p for p in self.papers if p.set_name != NEVER_TAUGHT and genre_of(p) is not genre]
        return learned([example for paper in teachers for example in self.examples[paper.name]])

    def judged(self, paper: Paper) -> Directives:
        """What the judge alone takes for orders."""
        judge = self.judges[genre_of(paper)]
        return [{"text": one.text} for one in self.examples[paper.name] if judge.chance(one.signs) >= LIKELY]


def genre_of(paper: Paper) -> Genre:
    """What the reader takes a paper for; of the labelled ones it is right in all."""
    genre = paper.context.header.genre
    assert genre is not None
    return genre


def read(paper: Paper, judge: Judge | None, taken_for: Genre | None = None) -> Directives:
    """The directives of a paper, in the shape of the scorer."""
    draft = read_document_text(paper.text, REGISTRY, paper.as_of, CALENDAR, taken_for, judge)
    found: Directives = draft_to_json(draft, REGISTRY)["directives"]
    return found


def detection(chosen: Sequence[Paper], found: Mapping[str, Directives]) -> float:
    """F1 of what was found."""
    f1: float = _scored(chosen, found)["detection"]["f1"]
    return f1


def _scored(chosen: Sequence[Paper], found: Mapping[str, Directives]) -> Any:
    bare = {"lead": [], "cooperate": [], "due": None, "escalation": False}
    whole = {name: [bare | one for one in some] for name, some in found.items()}
    return score.score({p.name: p.label for p in chosen}, whole, read_agencies())["overall"]


def lines() -> Iterator[str]:
    """The table by genre, and what becomes of papers whose genre was mistaken."""
    held = HeldOut(papers())
    yield _HEAD + _MORE
    for genre in held.judges:
        yield _line(held, genre.value, [p for p in held.papers if genre_of(p) is genre], None)
    yield _line(held, "ALL", held.papers, None)
    for genre in MISTAKEN_FOR:
        others = [p for p in held.papers if genre_of(p) is not genre]
        yield _line(held, f"as {genre.value}", others, genre)


def _line(held: HeldOut, name: str, chosen: Sequence[Paper], taken_for: Genre | None) -> str:
    grammar = {p.name: read(p, None, taken_for) for p in chosen}
    both = {p.name: read(p, held.judges[genre_of(p)], taken_for) for p in chosen}
    overall = _scored(chosen, both)
    doubts = doubts_among({p.name: p.label for p in chosen}, both)
    silent = [sum(bool(p.gold) and not found[p.name] for p in chosen) for found in (grammar, both)]
    return (
        f"{name:12}{len(chosen):7}{overall['gold']:6}{detection(chosen, grammar):9.3f}"
        f"{detection(chosen, {p.name: held.judged(p) for p in chosen}):7.3f}{overall['detection']['f1']:7.3f}"
        f"{overall['fully_right']:7.3f}{doubts.share:9.1%}{doubts.precision:7.1%}{silent[0]:5}>{silent[1]:2}"
    )
