"""Commands, options, settings and chores that the documentation names exist."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import prefect.settings
import pytest
from typer.main import get_command

from config.settings import Settings
from flows.__main__ import NAMES
from flows.cli import app
from tests.checkout import FILES, MODULES, ROOT, source

PAGES = [path for path in FILES if path.suffix == ".md"]
#: A command ends where the code does, at a comment, a pipe, a redirection or the next command.
COMMAND = re.compile(r"(?:[`«]|^ {4}\$?|^)dondoc( [^`»#|>;&\n]*)?", re.MULTILINE)
VARIABLE = re.compile(r"\bDONDOC_([A-Z][A-Z_]*[A-Z])\b")
CHORE = re.compile(r"(?:`|^ {4}\$?|^)make ([a-z][\w-]*)", re.MULTILINE)
ONCE = re.compile(r"python -m flows once (\w+)")


def text_of(page: PurePosixPath) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands_and_their_options(page: PurePosixPath) -> None:
    said = [match[1] or "" for match in COMMAND.finditer(text_of(page))]
    assert [words for words in said if (wrong := unknown(words.split())) and wrong] == []


def unknown(words: list[str]) -> str | None:
    """The first word that the program does not know, of those that name a command or an option."""
    command: Any = get_command(app)
    for word in words:
        if word.startswith("--"):
            known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
            if (name := word.partition("=")[0].rstrip(".,:)]")) not in known:
                return name
        elif hasattr(command, "commands"):
            if not re.fullmatch(r"[a-z][a-z-]*", word):  # "dondoc ...": of any command
                return None
            if word not in command.commands:
                return word
            command = command.commands[word]
    return None


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_settings_chores_and_sweeps(page: PurePosixPath) -> None:
    text = text_of(page)
    fields = {name.upper() for name in Settings.model_fields}
    chores = set(re.findall(r"^([a-z][\w-]*):", source(PurePosixPath("Makefile")), re.MULTILINE))
    lost = [one for one in VARIABLE.findall(text) if one not in fields | set(asked_elsewhere())]
    lost += [one for one in CHORE.findall(text) if one not in chores]
    lost += [one for one in ONCE.findall(text) if one not in NAMES]
    assert lost == []


def test_settings_of_prefect() -> None:
    """A release that renames one passes it over in silence."""
    said = {name for page in PAGES for name in re.findall(r"\bPREFECT_[A-Z_]*[A-Z]\b", text_of(page))}
    assert said
    assert sorted(name for name in said if not hasattr(prefect.settings, name)) == []


def asked_elsewhere() -> Iterator[str]:
    """Variables of the demo, the tests and ``prefect.yaml``, which are no setting of an installation."""
    for path in MODULES:
        yield from re.findall(r"environ(?:\.get\(|\[)\"DONDOC_(\w+)\"", source(path))
    yield from re.findall(r"\$DONDOC_(\w+)", source(PurePosixPath("prefect.yaml")))


def test_what_does_not_exist_is_seen() -> None:
    """The net itself."""
    assert unknown(["migrat"]) == "migrat"
    assert unknown(["meeting", "ad"]) == "ad"
    assert unknown(["tick", "--nwo", "2022-08-30"]) == "--nwo"
    assert unknown(["tick", "--now", "2022-08-30"]) is None
