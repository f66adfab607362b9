"""Learning the judge's weights from the labelled sets: a logistic regression without a library.

The third set teaches nothing: it is only measured. Newton's method on some thirty signs needs seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp
from pathlib import Path
from typing import Any

from config.agencies import load_register
from config.work_calendar import load_calendar
from rules.people.registry import Registry
from rules.reading.clauses.context import Context
from rules.reading.document import context_on, opened
from rules.reading.forms.left_over import open_blocks
from rules.reading.forms.second_opinion import clauses_in
from rules.reading.forms.tables import tables_of
from rules.reading.judge import weights
from rules.reading.judge.signs import signs_of
from rules.reading.judge.verdict import Judge
from rules.reading.layout.segments import PLAIN_LEVEL, blocks_of
from tests.corpus import score
from tests.corpus.figures import CORPUS, SETS, Directives, day_of

NEVER_TAUGHT = "third"
#: How strongly a weight is held near 0, so that a few papers do not shout.
_HOLD = 3.3
_ROUNDS = 12
_HEAD = '''"""Weights of the judge, written by ``python -m tests.corpus judge`` and never by hand."""

'''


@dataclass(frozen=True, slots=True)
class Example:
    """A clause: its words, its signs, and whether the labels have it as a directive."""

    text: str
    signs: frozenset[str]
    is_order: bool


@dataclass(frozen=True)
class Paper:
    """A labelled text of a set."""

    name: str
    set_name: str
    text: str
    label: dict[str, Any]

    @property
    def gold(self) -> Directives:
        """What the labels have as directives."""
        found: Directives = self.label["directives"] or []
        return found

    @cached_property
    def context(self) -> Context:
        """The text made ready for reading."""
        views, header = opened(self.text, REGISTRY)
        return context_on(self.as_of or header.date, views, header, REGISTRY, CALENDAR)

    @property
    def as_of(self) -> date | None:
        """The date that goes with a text which gives none."""
        return day_of(self.label["document"].get("as_of"))


REGISTRY, CALENDAR = Registry(load_register().bodies), load_calendar()


def papers() -> list[Paper]:
    """All papers of all sets."""
    return [
        Paper(key, name, (CORPUS / name / f"{key}.txt").read_text(encoding="utf-8"), label)
        for name in SETS
        for key, label in score.load_gold(CORPUS / name).items()
    ]


def examples_of(paper: Paper) -> list[Example]:
    """Every clause of a paper that the judge may be asked about."""
    context = paper.context
    tables = tables_of(context)
    outside = [b for b in blocks_of(context.views) if not any(t.start <= b.start < t.end for t in tables)]
    asked = [
        (context.views.text[clause.start : clause.end], signs)
        for clause, block in clauses_in(context, open_blocks(context, [], outside, outside))
        if (signs := signs_of(context, clause, block.level < PLAIN_LEVEL))
    ]
    orders = {j for _, j, _ in score.match(paper.gold, [{"text": text} for text, _ in asked], 0.5)}
    return [Example(text, frozenset(signs), number in orders) for number, (text, signs) in enumerate(asked)]


def learned(examples: Sequence[Example]) -> Judge:
    """The judge that these examples teach, to three places; the same examples teach the same."""
    names = sorted({sign for example in examples for sign in example.signs})
    place = {name: number + 1 for number, name in enumerate(names)}  # 0 is the bias
    rows = [[0, *(place[sign] for sign in sorted(example.signs))] for example in examples]
    theta = [0.0] * (len(names) + 1)
    for _ in range(_ROUNDS):
        slope, bend = _derivatives(rows, [example.is_order for example in examples], theta)
        theta = [value - step for value, step in zip(theta, solved(bend, slope), strict=True)]
    return Judge(round(theta[0], 3), {name: round(theta[place[name]], 3) for name in names})


def ours() -> Judge:
    """The judge that all sets but the third teach."""
    return learned(
        [one for paper in papers() if paper.set_name != NEVER_TAUGHT for one in examples_of(paper)]
    )


def _derivatives(
    rows: list[list[int]], orders: list[bool], theta: list[float]
) -> tuple[list[float], list[list[float]]]:
    """Gradient and Hessian of the loss with its hold on the weights (not on the bias)."""
    size = len(theta)
    slope = [0.0] + [_HOLD * value for value in theta[1:]]
    bend = [[_HOLD if i == j and i else 0.0 for j in range(size)] for i in range(size)]
    for row, is_order in zip(rows, orders, strict=True):
        chance = 1 / (1 + exp(-sum(theta[i] for i in row)))
        for i in row:
            slope[i] += chance - is_order
            for j in row:
                bend[i][j] += chance * (1 - chance)
    return slope, bend


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a positive definite system, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def written(judge: Judge) -> str:
    """The module that holds the weights."""
    lines = "".join(f'    "{sign}": {weight},\n' for sign, weight in sorted(judge.weights.items()))
    return f"{_HEAD}BIAS = {judge.bias}\nWEIGHTS = {{\n{lines}}}\n"


def write(judge: Judge) -> None:
    """Store the weights where the reader has them."""
    Path(weights.__file__).write_text(written(judge), encoding="utf-8")
