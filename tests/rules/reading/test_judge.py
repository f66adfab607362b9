"""The judge: its weights are what the labelled sets teach, and it helps where a genre was not seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.draft import Genre
from rules.reading.judge.verdict import LIKELY, OURS, Judge
from rules.reading.judge.weights import WEIGHTS
from tests.corpus.genres import HeldOut, detection, genre_of, read
from tests.corpus.learn import NEVER_TAUGHT, Example, learned, ours, papers, solved, written

few = st.lists(st.floats(-3, 3, allow_nan=False), min_size=4, max_size=4)


@pytest.fixture(scope="module")
def held() -> HeldOut:
    """The papers of two sets: enough genres to hold one out."""
    return HeldOut([paper for paper in papers() if paper.set_name in ("fourth", "real")])


def test_the_weights_are_what_the_sets_teach() -> None:
    """After a change of words or names: ``python -m tests.corpus judge``, and look at the figures."""
    every = HeldOut(papers()).examples.values()
    fresh = ours()
    verdicts = [
        (OURS.chance(one.signs) >= LIKELY, fresh.chance(one.signs) >= LIKELY)
        for some in every
        for one in some
    ]
    assert sum(stored == taught for stored, taught in verdicts) >= 0.98 * len(verdicts)
    assert WEIGHTS.keys() == fresh.weights.keys()


def test_the_third_set_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    some = papers()
    without = [paper for paper in some if paper.set_name != NEVER_TAUGHT]
    assert len(without) < len(some)
    taught = ours()
    monkeypatch.setattr("tests.corpus.learn.papers", lambda: without)
    assert ours() == taught


def test_what_speaks_for_an_order_weighs_for_it() -> None:
    orders = [Example("", frozenset({"both", "order"}), True) for _ in range(20)]
    others = [Example("", frozenset({"both", "other"}), False) for _ in range(20)]
    judge = learned([*orders, *others])
    assert judge.weights["order"] > 0 > judge.weights["other"]
    assert abs(judge.weights["both"]) < 0.01
    assert judge == learned([*orders, *others])
    assert f'"order": {judge.weights["order"]}' in written(judge)


@given(st.lists(few, min_size=4, max_size=4), few)
def test_equations_are_solved(half: list[list[float]], right: list[float]) -> None:
    matrix = [
        [sum(a * b for a, b in zip(one, two, strict=True)) + (i == j) for j, two in enumerate(half)]
        for i, one in enumerate(half)
    ]
    found = solved(matrix, right)
    for row, value in zip(matrix, right, strict=True):
        assert sum(a * b for a, b in zip(row, found, strict=True)) == pytest.approx(value, abs=1e-6)


def test_a_sign_without_a_weight_says_nothing() -> None:
    assert Judge(0.0, {"known": 1.0}).chance({"unknown": None}) == 0.5


def test_a_judge_has_not_seen_the_genre_that_is_held_out(held: HeldOut) -> None:
    minutes = [one for p in held.papers if genre_of(p) is Genre.MINUTES for one in held.examples[p.name]]
    assert any(one.is_order for one in minutes)
    others = [one for p in held.papers if genre_of(p) is not Genre.MINUTES for one in held.examples[p.name]]
    assert held.judges[Genre.MINUTES] == learned(others)
    assert held.judges[Genre.MINUTES] != learned([*others, *minutes])


def test_papers_taken_for_another_genre_are_found_again(held: HeldOut) -> None:
    """Looked at as minutes, whose orders stand elsewhere, and by a judge that has not seen their genre."""
    chosen = [paper for paper in held.papers if genre_of(paper) is not Genre.MINUTES]
    alone = {paper.name: read(paper, None, Genre.MINUTES) for paper in chosen}
    both = {paper.name: read(paper, held.judges[genre_of(paper)], Genre.MINUTES) for paper in chosen}
    assert detection(chosen, both) >= detection(chosen, alone) + 0.04
    assert sum(not both[paper.name] for paper in chosen) < sum(not alone[paper.name] for paper in chosen)
    assert all(one["doubts"] for name, some in both.items() for one in some if one not in alone[name])
