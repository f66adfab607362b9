"""No command line, no setting and no file ends in a traceback: a sentence and exit code 2, or the work done.

The commands and their parameters are found from the program itself, so a new one is tried unnamed.
"""

import itertools
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner, Result

from config.agencies import SHIPPED_REGISTER
from config.settings import ROOT, Settings, get_settings
from flows.cli import app
from flows.demo.story import SAMPLE

#: ``DONDOC_NIGHTLY=1`` tries thirty times as many.
TIMES = 30 if os.environ.get("DONDOC_NIGHTLY") else 1
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SOME = settings(max_examples=30 * TIMES, deadline=None, suppress_health_check=SLOW)
FEW = settings(max_examples=12 * TIMES, deadline=None, suppress_health_check=SLOW)
#: They serve or live on: only their refusals can be tried here (tests/flows/test_cli.py has them).
ENDLESS = {"serve", "demo", "work"}


def _commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if hasattr(command, "commands"):
        for name, one in command.commands.items():
            yield from _commands(one, (*words, name))
    elif words[0] not in ENDLESS:
        yield words, command


COMMANDS = list(_commands(get_command(app)))
WORDS = [
    "", " ", "-", "--", "0", "1", "-1", "2", "9" * 30, "1e9", "nan", "GN-0001", "now", "2022-02-30",
    "30/2/2022",
    "0001-01-01", "9999-12-31", "2022-08-30T09:00", "0001-01-01T00:00", "9999-12-31T23:59:59+14:00",
    "2022-08-30", "không có", "a/b/c", "%s %d {0}", "\udcff\udcfe", "\x1b[2J", "x" * 300, "../../etc",
]  # fmt: skip


NUMBERS = itertools.count(1)
#: Names of the folder that the commands run in.
FILES_AT_HAND = [
    ".", "empty", "binary.pdf", "deep.json", "null.yaml", "latin.yaml", "list.json", "nan.json",
    "broken.docx", "anchor.yaml", "tab.yaml", "folder", "draft.json", "office.db", "new.file",
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an office's database, a draft, and files of every sort."""
    for name, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'office.db'}",
        "LETTERS_FOLDER": str(tmp_path / "letters"),
        "EVIDENCE_FOLDER": str(tmp_path / "evidence"),
        "SMTP_PORT": "1",
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    monkeypatch.chdir(tmp_path)
    get_settings.cache_clear()
    assert run("migrate", "--own-time").exit_code == 0  # so that odd instants come to the sweeps
    assert run("import", "agencies", str(SHIPPED_REGISTER)).exit_code == 0
    (tmp_path / "draft.json").write_text(run("read", str(SAMPLE), "--json").stdout, encoding="utf-8")
    for name, data in {
        "empty": b"", "binary.pdf": b"%PDF-1.7\n\xff\xfe\x00", "deep.json": b"[" * 50_000,
        "null.yaml": b"null",
        "latin.yaml": "bodies: é".encode("latin-1"), "list.json": b"[1, 2]", "nan.json": b'{"document": NaN}',
        "broken.docx": b"PK\x03\x04broken", "anchor.yaml": b"a: &a [*a, *a]", "tab.yaml": b"a:\n\t- b",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    yield tmp_path
    get_settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def fine(result: Result) -> None:
    """It worked, or it said in a sentence why not."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output


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


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    get_settings.cache_clear()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        get_settings.cache_clear()


SETTING = st.sampled_from(sorted(Settings.model_fields))
ODD = st.sampled_from([
    "", " ", "0", "-1", "nan", "inf", "1e400", "9" * 400, "http://", "https://[::1", "ftp://x",
    "sqlite://", "x",
    "sqlite:////dev/null", "sqlite:////proc/1/mem", "sqlite:///.", "postgresql://",
    "postgresql://a:b@[::1", "//",
    "postgresql+asyncpg://x/y", "mysql://a/b", "tls", "\udcff", "a\nb", "<b>", "é" * 300, "/dev/null/x",
    "/proc/x",
])  # fmt: skip


@FEW
@given(chosen=st.dictionaries(SETTING, ODD, min_size=1, max_size=3))
def test_no_setting_ends_in_a_traceback(office: Path, chosen: dict[str, str]) -> None:
    with environment(**{f"DONDOC_{name.upper()}": value for name, value in chosen.items()}):
        fine(run("tick"))


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
