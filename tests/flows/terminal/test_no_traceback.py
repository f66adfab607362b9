"""No command line, no setting and no file ends in a traceback: a sentence and exit code 2, or the work done.

The commands and their parameters are found from the program itself, so a new one is tried unnamed.
"""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from config.agencies import SHIPPED_REGISTER
from config.settings import ROOT, get_settings
from flows.cli import app
from flows.demo.story import SAMPLE
from tests.flows.terminal.odd_words import (
    FEW,
    FILES_AT_HAND,
    ODD,
    SETTING,
    SOME,
    WORDS,
    environment,
    fine,
    run,
)
from tests.flows.terminal.odd_words import office as office

#: They serve or live on: ``test_no_traceback_living.py`` has them.
ENDLESS = {"serve", "demo", "work"}


def _commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if hasattr(command, "commands"):
        for name, one in command.commands.items():
            yield from _commands(one, (*words, name))
    elif words[0] not in ENDLESS:
        yield words, command


COMMANDS = list(_commands(get_command(app)))
NUMBERS = itertools.count(1)


@SOME
@given(data=st.data())
def test_no_command_line_ends_in_a_traceback(office: Path, data: st.DataObject) -> None:
    value = st.sampled_from([*WORDS, *FILES_AT_HAND, "/dev/null", str(SAMPLE)])
    words, command = data.draw(st.sampled_from(COMMANDS))
    argv = list(words)
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.is_flag:
            argv += data.draw(st.sampled_from([[], [parameter.opts[0]]]))
        elif parameter.param_type_name == "option":
            argv += data.draw(st.one_of(st.just([]), value.map(lambda v, name=parameter.opts[0]: [name, v])))
        else:
            argv += [data.draw(value)]
    fine(run(*argv))


#: Every command that can be given without a word more.
BARE = [words for words, command in COMMANDS if not any(one.required for one in command.params)]


@FEW
@given(chosen=st.dictionaries(SETTING, ODD, min_size=1, max_size=3), words=st.sampled_from(BARE))
def test_no_setting_ends_in_a_traceback(office: Path, chosen: dict[str, str], words: tuple[str, ...]) -> None:
    with environment(**{f"DONDOC_{name.upper()}": value for name, value in chosen.items()}):
        fine(run("tick"))
        fine(run(*words))


TOML = st.sampled_from([
    b"smtp_port = 25", b"smtp_port = [25]", b"smtp_port = {a = 1}", b"[smtp]\nport = 1",
    b"smtp_port = 2022-02-30",
    b"smtp_from = 'x'", b"\xff\xfe", b"smtp_timeout = nan", b"smtp_timeout = true", b"a = ", b"a = 1\na = 2",
    b"smtp_password = 7", b"letters_folder = 1979-05-27", b"database_url = ['x']", b"= 1", b"a" * 9_000,
])  # fmt: skip


@FEW
@given(text=TOML)
def test_no_settings_file_ends_in_a_traceback(office: Path, text: bytes) -> None:
    (office / "dondoc.toml").write_bytes(text)
    get_settings.cache_clear()
    fine(run("policy", "check"))


def test_a_settings_file_that_is_a_folder(office: Path) -> None:
    (office / "dondoc.toml").mkdir()
    get_settings.cache_clear()
    fine(run("tick"))


#: What people and editors make of a value.
SLIPS = st.sampled_from([
    "", "~", "7:30", "17:30", "25:99", "[]", "{}", "- a", "'", '"', "yes", "no", "2022-02-30", "-3", "1e9",
    "1.5",
    "9" * 40, "*x", "&x 1", "!!python/object:os.system x", "<<", "|", "%", "@", "\t", "é" * 50, "null",
    "0x1F",
])  # fmt: skip
FILES = {
    "policy": (ROOT / "config" / "committee.yaml", ("policy", "check", "--policy")),
    "register": (SHIPPED_REGISTER, ("import", "agencies")),
}


@pytest.mark.parametrize("kind", FILES)
@FEW
@given(data=st.data())
def test_no_slip_in_a_file_ends_in_a_traceback(office: Path, kind: str, data: st.DataObject) -> None:
    source, words = FILES[kind]
    lines = source.read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        slip = data.draw(SLIPS)
        kept = re.match(r"[ \-]*(?:[\w-]+:)?", lines[at])
        assert kept is not None
        lines[at] = data.draw(
            st.sampled_from([f"{kept[0]} {slip}", slip, "", f"{lines[at]}{slip}", lines[at] * 2])
        )
    (office / "slip.yaml").write_text("\n".join(lines), encoding="utf-8")
    fine(run(*words, "slip.yaml"))


@pytest.mark.parametrize(
    "words",
    [
        ("restored", "--at", "0001-01-01"),
        ("tick", "--now", "0001-01-01T00:00+14:00"),
        ("tick", "--now", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_an_instant_beyond_all_calendars_is_refused(office: Path, words: tuple[str, ...]) -> None:
    """Break: take any year in ``flows/terminal/instants.py``."""
    result = run(*words)
    fine(result)
    assert "nằm ngoài các năm" in result.output


@FEW
@given(data=st.data())
def test_no_slip_in_a_draft_ends_in_a_traceback(office: Path, data: st.DataObject) -> None:
    value = json.loads((office / "draft.json").read_text(encoding="utf-8"))
    value["document"]["number"] = f"{next(NUMBERS)}/TB-UBND"  # else the second one is issued already
    for _ in range(data.draw(st.integers(1, 2))):
        _spoil(value, data)
    (office / "spoilt.json").write_text(json.dumps(value), encoding="utf-8")
    fine(run("publish", "spoilt.json", "--confirm-doubts", "--confirm-date", "--now", "2022-08-30T09:00"))


def _spoil(value: Any, data: st.DataObject) -> None:
    """Put something else, somewhere."""
    part, key = value, None
    while True:
        keys: list[Any] = sorted(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inside = part[key]
        if not isinstance(inside, dict | list) or data.draw(st.booleans()):
            break
        part = inside
    odd = [None, [], {}, 0, -1, 10**30, 1.5, True, "", "x", "2022-02-30", "\x00", "\ud800", [[]], {"a": None}]
    part[key] = data.draw(st.sampled_from(odd))
