"""The reader against the labelled documents, with floors a little below what was measured."""

import unicodedata
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from config.agencies import load_register
from rules.draft import DueKind
from rules.people.registry import Registry
from rules.reading import read_text
from tests.corpus.figures import CORPUS, SETS, Doubts, Scored, doubts_of, left_over_in, read_set, scored

DOCUMENTS = sorted((CORPUS / "dev").glob("*.txt"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load_register().bodies)


@pytest.fixture(scope="module")
def sets() -> dict[str, tuple[Scored, Doubts]]:
    """The figures of every set; reading them all takes about a second."""
    found = {}
    for name in SETS:
        predicted = read_set(name)
        found[name] = scored(name, predicted), doubts_of(name, predicted)
    return found


@pytest.fixture(scope="module")
def figures(sets: dict[str, tuple[Scored, Doubts]]) -> Scored:
    """The set that the reader was developed on."""
    return sets["dev"][0]


@pytest.fixture(scope="module")
def second(sets: dict[str, tuple[Scored, Doubts]]) -> Scored:
    """The set that was written before any tuning."""
    return sets["second"][0]


def test_directives_are_found_and_right(figures: Scored) -> None:
    overall = figures["overall"]
    assert overall["gold"] == 117
    assert overall["detection"]["f1"] >= 0.98
    assert overall["lead"]["f1"] >= 0.97
    assert overall["cooperate"]["f1"] >= 0.96
    assert overall["fully_right"] >= 0.97
    assert overall["due_accuracy"] >= 0.98
    assert overall["report_to"]["f1"] >= 0.95
    assert overall["escalation_recall_all_gold"] == 1.0


def test_the_second_set_is_found_and_right(second: Scored) -> None:
    overall = second["overall"]
    assert overall["gold"] == 154
    assert overall["detection"]["f1"] >= 0.97
    assert overall["lead"]["f1"] >= 0.97
    assert overall["cooperate"]["f1"] >= 0.97
    assert overall["due_accuracy"] >= 0.97
    assert overall["escalation"]["f1"] >= 0.95
    assert overall["fully_right"] >= 0.95


def test_the_third_set_was_never_tuned_on(sets: dict[str, tuple[Scored, Doubts]]) -> None:
    """Written after the last change to the reader and looked at for its figures only: keep it so."""
    overall = sets["third"][0]["overall"]
    assert overall["detection"]["f1"] >= 0.94
    assert overall["fully_right"] >= 0.80


@pytest.mark.parametrize(("name", "gold"), [("fourth", 116), ("fifth", 121), ("sixth", 94)])
def test_sets_by_other_authors(sets: dict[str, tuple[Scored, Doubts]], name: str, gold: int) -> None:
    overall = sets[name][0]["overall"]
    assert overall["gold"] == gold
    assert overall["detection"]["f1"] >= 0.93
    assert overall["fully_right"] >= 0.86


def test_papers_with_the_structure_of_real_ones(sets: dict[str, tuple[Scored, Doubts]]) -> None:
    """Of every genre, with the mess of real ones; at first sight detection was 0.72 and fully right 0.45."""
    overall = sets["real"][0]["overall"]
    assert overall["gold"] == 227
    assert overall["detection"]["f1"] >= 0.96
    assert overall["fully_right"] >= 0.91
    doubts = sets["real"][1]
    assert doubts.share <= 0.28
    assert doubts.precision >= 0.95


def test_papers_that_another_author_wrote_blind(sets: dict[str, tuple[Scored, Doubts]]) -> None:
    """Other provinces, a ward, notes from a phone; at first sight detection was 0.90 and fully right 0.66."""
    overall = sets["seventh"][0]["overall"]
    assert overall["gold"] == 189
    assert overall["detection"]["f1"] >= 0.97
    assert overall["fully_right"] >= 0.94
    doubts = sets["seventh"][1]
    assert doubts.share <= 0.35
    assert doubts.precision >= 0.97


def test_few_sentences_are_left_over() -> None:
    """Issue 14 asks for a median under three a document."""
    assert median(left_over_in("real")) < 3


@pytest.mark.parametrize("name", ["dev", "second", "fourth", "fifth"])
def test_what_bears_no_doubt_is_right(sets: dict[str, tuple[Scored, Doubts]], name: str) -> None:
    """Issue 3 asks for 95 % fully right without a doubt and 25 % with one at most; now fewer bear one."""
    doubts = sets[name][1]
    assert doubts.share <= 0.15
    assert doubts.precision >= 0.95


def test_no_kind_of_document_is_left_behind(figures: Scored, second: Scored) -> None:
    for found in (figures, second):
        for kind, figure in found["by_kind"].items():
            assert figure["fully_right"] >= 0.85, kind


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_result_quotes_the_text_and_names_its_rule(path: Path, registry: Registry) -> None:
    draft = read_text(path.read_text(encoding="utf-8"), registry)
    for directive in draft.directives:
        assert draft.document.text[directive.span.start : directive.span.end] == directive.text
        assert directive.read_by
        assert all(party.body_id for party in directive.lead)
        if directive.due.kind is not DueKind.NONE:
            assert directive.due.span
            assert directive.due.read_by


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_decomposed_text_reads_the_same(path: Path, registry: Registry) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_text(unicodedata.normalize("NFD", text), registry) == read_text(text, registry)


def test_the_head_of_a_document(registry: Registry) -> None:
    notice = read_text((CORPUS / "dev" / "002.txt").read_text(encoding="utf-8"), registry).document
    assert (notice.number, notice.date, notice.issuer_id) == ("87/TB-VP", date(2023, 3, 14), "vpubnd")
    table = read_text((CORPUS / "dev" / "012.txt").read_text(encoding="utf-8"), registry).document
    assert (table.kind.value, table.number, table.issuer_id) == ("table", "226/UBND-TH", "ubnd-tinh")
    press = read_text((CORPUS / "dev" / "010.txt").read_text(encoding="utf-8"), registry).document
    assert (press.number, press.date, press.issuer) == (None, date(2025, 8, 20), None)
