"""Nothing that a stranger wrote acts on the terminal: all that is printed passes one filter."""

import argparse
import io
import json
import logging
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from rich.table import Table
from rich.text import Text

from config.settings import ROOT, get_settings
from flows.actions.office import office_database
from flows.terminal.coloured import ScreenConsole
from flows.terminal.screen import Screen, complain, open_console, say, say_json, screened
from models.db import unit_of_work
from tests.flows.terminal.odd_words import office as office
from tests.flows.terminal.odd_words import run, sample_draft
from tests.hostile.text.signs import HOSTILE, SIGNS, hidden_in

EVIL = "\x1b]0;evil\x07\x1b[2J\x9b31m\u202egnod\rover"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: At a clock that the demo's conclusion of 2022 knows; its databases live in their own time.
NOW = ("--now", "2022-08-30T09:00")


class _Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def _acts(shown: str) -> list[str]:
    """What is left of the signs of the table, and of a line typed over another."""
    return [*hidden_in(shown), *(["CR"] if "\r" in shown.replace("\r\n", "\n") else [])]


def test_print_logs_usage_and_tracebacks_pass_the_filter(capsys: pytest.CaptureFixture[str]) -> None:
    with screened():
        sys.stdout.writelines([f"{HOSTILE}{EVIL}\n"])
        sys.stderr.write(f"{EVIL}\n")
        log = logging.getLogger("tests.hostile.console")
        handler = logging.StreamHandler()
        log.addHandler(handler)
        log.error("Không đọc được %s", EVIL)
        log.removeHandler(handler)
        with pytest.raises(SystemExit):
            argparse.ArgumentParser().parse_args([EVIL])
        try:
            raise ValueError(EVIL)
        except ValueError:
            sys.excepthook(*sys.exc_info())
        say(EVIL)
        say(EVIL, err=True)
        complain(EVIL)
        open_console().print(f"{EVIL} [red]đỏ[/red] [/]")
    said = capsys.readouterr()
    assert not _acts(said.out + said.err)
    assert said.err.count("␛]0;evil␇") >= 6
    assert "[red]đỏ[/red] [/]" in said.out.replace("\n", " ")
    assert sys.stdout.isatty() is False
    assert not isinstance(sys.stdout, Screen)


def test_on_a_terminal_only_our_own_colours_pass() -> None:
    tty = _Tty()
    table = Table(title=EVIL)
    table.add_column(EVIL)
    table.add_row(f"{EVIL}[bold]")
    console = ScreenConsole(file=tty, markup=False, force_terminal=True, color_system="standard", width=120)
    console.print(Text(f"Sở Y tế {EVIL}", style="red"), EVIL, table)
    shown = tty.getvalue()
    assert "\x1b[31mSở Y tế ␛]0;evil" in shown
    assert not _acts(COLOUR.sub("", shown))


def test_json_keeps_every_sign_and_shows_none(capsys: pytest.CaptureFixture[str]) -> None:
    value = {HOSTILE: [EVIL, "\ud800", "Sở Y tế\n"]}
    with screened():
        say_json(value, indent=1)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert not _acts(said)
    assert "Sở Y tế" in said


def test_a_stream_behind_the_filter_is_still_a_stream(capsys: pytest.CaptureFixture[str]) -> None:
    with screened():
        assert sys.stdout.encoding
        assert sys.stdout.write("ế\x1b") == 2
        sys.stdout.flush()
        before = sys.stdout
        with screened():
            assert sys.stdout is before
    assert capsys.readouterr().out == "ế␛"


def test_old_rows_in_what_the_commands_print(office: Path) -> None:
    assert run("publish", "draft.json", *NOW, "--confirm-doubts", "--confirm-date").exit_code == 0
    assert run("meeting", "add", "2022-12-20", f"Họp {EVIL}").exit_code == 0
    with unit_of_work(office_database()) as session:
        for table, name in (
            ("agency", "name"),
            ("contact", "label"),
            ("task", "title"),
            ("document", "number"),
        ):
            session.execute(sa.text(f"UPDATE {table} SET {name} = {name} || :more"), {"more": HOSTILE + EVIL})
    told = [
        run("simulate", "--days", "3"), run("simulate", "--days", "3", "--json"), run("meeting", "list"),
        run("reading-report", "--json"), run("aliases"), run("tick", "--now", "2022-09-05T09:00"),
        run("import", "agencies", f"{EVIL}.yaml"), run("read", f"{EVIL}.txt"), run("publish", f"{EVIL}.json"),
    ]  # fmt: skip
    for result in told:
        assert result.exit_code in (0, 2), result.output
        assert not _acts(result.output), result.output
    assert "�" in told[0].output
    lines = [json.loads(line) for line in told[1].stdout.splitlines()]
    assert len(lines) == 3
    assert any("\u202e" in message["agency"] for line in lines for message in line["messages"])


@pytest.mark.parametrize("place", ["number", "title", "text"])
def test_a_draft_is_refused_and_its_signs_are_not_repeated(office: Path, place: str) -> None:
    value = json.loads(sample_draft())
    value["document"][place] = f"9{EVIL}{HOSTILE}"
    (office / "draft.json").write_text(json.dumps(value), encoding="utf-8")
    result = run("publish", "draft.json", *NOW)
    assert result.exit_code == 2
    assert f"document.{place}" in result.output
    assert not _acts(result.output)


@pytest.mark.parametrize("command", [["-m", "flows.cli", "--"], ["-m", "flows", "all", ""]], ids=" ".join)
def test_usage_on_a_real_terminal(command: list[str]) -> None:
    """From before the arguments are read; whoever forces colours gets none of a stranger's."""
    ours, theirs = pty.openpty()
    get_settings.cache_clear()
    words = [sys.executable, *command[:-1], command[-1] + EVIL.replace("\r", "")]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=theirs, stderr=theirs, stdin=theirs, env={**os.environ, "FORCE_COLOR": "1"}
    ) as process:
        os.close(theirs)
        shown = _read_all(ours)
    assert process.returncode == 2
    assert "]0;evil" in shown
    assert not _acts(shown)


def _read_all(handle: int) -> str:
    parts = []
    try:
        while part := os.read(handle, 65_536):
            parts.append(part)
    except OSError:  # Linux: the last writer has closed its end
        pass
    os.close(handle)
    return b"".join(parts).decode()


def test_the_table_has_what_terminals_obey() -> None:
    assert {"\x07", "\x08", "\x1b", "\x9b", "\x9d", "\u202e"} <= set(SIGNS)


@pytest.mark.parametrize("streams", ["<&- >&- 2>&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_fault(streams: str) -> None:
    """Seen red: exit code 120 with a traceback; and the next file that is opened must not be that stream."""
    said = "import sys; from flows.terminal.screen import say, screen; screen(); say('a'); say('b', err=True)"
    program = f"{said}; sys.exit(min(__import__('os').pipe()) < 3)"
    command = f'exec "{sys.executable}" -c "{program}" {streams}'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
