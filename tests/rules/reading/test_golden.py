"""The draft of every labelled document in readable YAML; ``GOLDEN=record`` writes them anew."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.agencies import load_register
from rules.draft import Draft, DraftDirective, DraftDue, Party
from rules.people.registry import Registry
from rules.reading import read_text

REGISTRY = Registry(load_register().bodies)
CORPUS = Path(__file__).parents[2] / "corpus"
GOLDEN = Path(__file__).parents[2] / "golden" / "drafts"
DOCUMENTS = sorted([*(CORPUS / "dev").glob("*.txt"), *(CORPUS / "second").glob("*.txt")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_reads_as_recorded(path: Path) -> None:
    shown = readable(read_text(path.read_text(encoding="utf-8"), REGISTRY))
    text = yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=100)
    golden = GOLDEN / f"{path.stem}.yaml"
    if os.environ.get("GOLDEN") == "record":
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text


def test_no_golden_draft_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.yaml")} == {path.stem for path in DOCUMENTS}


def readable(draft: Draft) -> dict[str, Any]:
    """What a person wants to see of a draft; empty fields are left out."""
    document = draft.document
    return {
        "document": f"{document.kind} {document.number or '-'} {document.date} {document.issuer_id or '-'}",
        "directives": [_directive(directive) for directive in draft.directives],
        "no task": [
            f"{s.mark}, {s.reason}: {_words(document.text[s.span.start : s.span.end], 8)}"
            for s in draft.statements
            if s.mark != "directive"
        ],
    }


def _directive(directive: DraftDirective) -> dict[str, Any]:
    shown = {
        "text": _words(directive.text, 14),
        "rule": directive.read_by,
        "who": _names(directive.lead),
        "with": _names(directive.cooperate),
        "when": _when(directive.due),
        "to": _names(directive.report_to),
        "escalation": directive.escalation,
        "doubts": [f"{doubt.field}: {doubt.message}" for doubt in directive.doubts],
    }
    return {key: value for key, value in shown.items() if value}


def _when(due: DraftDue) -> str:
    if not due.phrase:
        return ""
    return f"{due.date or due.rule or 'none'} ({' '.join(due.phrase.split())}; {due.read_by})"


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party.body_id or f"? {party.phrase}" for party in parties)


def _words(text: str, count: int) -> str:
    words = text.split()
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
