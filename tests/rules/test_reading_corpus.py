"""The reader against the labelled documents, with floors a little below what was measured."""

import json
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.agencies import load_register
from flows.actions.draft_file import draft_to_json
from rules.draft import DueKind
from rules.reading import read_text
from rules.registry import Registry

CORPUS = Path(__file__).parent.parent / "corpus"
DOCUMENTS = sorted((CORPUS / "dev").glob("*.txt"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load_register().bodies)


@pytest.fixture(scope="module")
def figures(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("read")
    for path in DOCUMENTS:
        draft = read_text(path.read_text(encoding="utf-8"), registry)
        (folder / f"{path.stem}.json").write_text(
            json.dumps(draft_to_json(draft, registry)), encoding="utf-8"
        )
    out = folder / "figures"
    subprocess.run(
        [sys.executable, CORPUS / "score.py", CORPUS / "dev", folder, "--json", out],
        check=True,
        capture_output=True,
    )
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def test_directives_are_found_and_right(figures: dict[str, Any]) -> None:
    overall = figures["overall"]
    assert overall["gold"] == 117
    assert overall["detection"]["f1"] >= 0.98
    assert overall["fully_right"] >= 0.97
    assert overall["due_accuracy"] >= 0.98
    assert overall["report_to"]["f1"] >= 0.95
    assert overall["escalation_recall_all_gold"] == 1.0


def test_no_kind_of_document_is_left_behind(figures: dict[str, Any]) -> None:
    for kind, figure in figures["by_kind"].items():
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
