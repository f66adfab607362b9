"""The documentation is complete: every stored word, setting and policy value is written down."""

import inspect
import re
import unicodedata
from collections.abc import Set
from datetime import time
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.committee import Policy, load_policy
from config.settings import Settings
from flows.actions.follow_up.policy_check import values_of
from rules import letter_words, vocabulary
from rules.follow_up.policy_words import WORDINGS
from rules.outbox.payloads import keys
from rules.tasks.status import MOVES, OPEN, RECORDS, Move

DOCS = Path(__file__).parent.parent / "docs"


def test_every_stored_word_is_in_the_glossary() -> None:
    glossary = (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")
    words = [
        member
        for module in (vocabulary, letter_words, keys)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, vocabulary.Labelled) and kind is not vocabulary.Labelled
        for member in kind
    ]
    assert len(words) > 50
    missing = [f"{w.value}: {w.label}" for w in words if f"| `{w.value}` | {w.label} |" not in glossary]
    assert missing == []


def test_every_setting_is_documented() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`DONDOC_{name.upper()}`" not in text]
    assert missing == []


RULES = ("follow-up.md", "quy-tac.md")


@pytest.mark.parametrize("page", RULES)
def test_every_policy_value_is_documented(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [path for path in _paths(Policy) if f"`{path}`" not in text] == []


def test_every_default_is_the_documented_one() -> None:
    """Each row of the English table: the numbers of its default, a source, and code that exists."""
    rows = [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in (DOCS / "follow-up.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| .*\| `\w+\.\w+` \|", line)
    ]
    table = {setting.strip("`"): rest for _, setting, *rest in rows}
    values = values_of(load_policy())
    assert table.keys() == values.keys()
    for path, (default, source, code) in table.items():
        assert _numbers(default) == _numbers(_said(values[path])), path
        assert len(source) > 5, path
        assert all((DOCS.parent / name).is_file() for name in re.findall(r"`([^`]+)`", code)), path


def _said(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_the_offices_page_has_the_defaults_and_a_source_for_each() -> None:
    """Row by row the sentence that ``dondoc policy check`` prints, its setting, and where it comes from."""
    text = (DOCS / "quy-tac.md").read_text(encoding="utf-8")
    values = values_of(load_policy())
    for wordings in WORDINGS.values():
        for path, wording in wordings.items():
            [row] = [line for line in text.splitlines() if f"| `{path}` |" in line]
            sentence, _, source = row.strip("| ").split(" | ")
            assert sentence == wording(values[path])
            assert len(source) > 10


@pytest.mark.parametrize(("page", "with_words"), [("follow-up.md", True), ("quy-tac.md", False)])
def test_every_move_is_documented(page: str, with_words: bool) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for event, rule in {**MOVES, **RECORDS}.items():
        cells = [f"`{event}`"] if with_words else []
        cells += [event.label, _statuses(rule.sources)]
        if isinstance(rule, Move):
            cells.append(rule.target.label if rule.target else "trạng thái trước khi tạm dừng")
        actors = [actor.label for actor in vocabulary.Actor if actor in rule.actors]
        cells.append("; ".join(actors) or "hệ thống khi phát hành")
        assert f"| {' | '.join(cells)} |" in text


def _statuses(sources: Set[vocabulary.TaskStatus]) -> str:
    if sources == OPEN:
        return "chưa kết thúc"
    if sources == set(vocabulary.TaskStatus):
        return "mọi trạng thái"
    return "; ".join(status.label for status in vocabulary.TaskStatus if status in sources) or "–"


def test_the_offices_page_is_composed_vietnamese() -> None:
    text = (DOCS / "quy-tac.md").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.count("\n## ") == 7


def _paths(model: type[BaseModel], prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _paths(kind, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found
