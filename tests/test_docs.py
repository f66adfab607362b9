"""The documentation is complete: every stored word, setting and policy value is written down."""

import inspect
from pathlib import Path

from pydantic import BaseModel

from config.committee import Policy
from config.settings import Settings
from rules import vocabulary

DOCS = Path(__file__).parent.parent / "docs"


def test_every_stored_word_is_in_the_glossary() -> None:
    glossary = (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")
    words = [
        member
        for _, kind in inspect.getmembers(vocabulary, inspect.isclass)
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


def test_every_policy_value_is_documented() -> None:
    text = (DOCS / "follow-up.md").read_text(encoding="utf-8")
    assert [path for path in _paths(Policy) if f"`{path}`" not in text] == []


def _paths(model: type[BaseModel], prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _paths(kind, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found
