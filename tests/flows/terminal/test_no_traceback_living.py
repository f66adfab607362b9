"""The same of what serves or lives on: ``dondoc serve``, ``demo``, ``work`` and ``python -m flows``.

What would not end is cut short in its last line only: the pages answer once, the demo's year has one day,
``work`` does one turn, Prefect is handed the sweeps and runs none.

Seen to fail: a setting of Prefect and a server that is away without ``prefect_troubles`` and
``look_at_settings`` in ``main``; the sweeps with no ``except Refusal`` around ``serve_sweeps``; a full folder
without ``OSError`` in ``resident``.
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import uvicorn
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from config.settings import get_settings
from flows import __main__ as sweeps
from flows.actions.follow_up.tick import TickReport
from flows.demo import stage, story
from flows.terminal import commands
from flows.terminal.follow_up import resident
from rules.refusal import Refusal
from tests.flows.terminal.odd_words import FEW, ODD, SETTING, WORDS, environment, fine, run
from tests.flows.terminal.odd_words import office as office
from web.app import create_app

CHOSEN = st.dictionaries(SETTING, ODD, min_size=0, max_size=3)
WORD = st.sampled_from(WORDS)


class OneTurn(Event):
    """Ended as soon as somebody would wait."""

    def wait(self, _timeout: float | None = None) -> bool:
        self.set()
        return True


def answer_once(*_: object, **__: object) -> None:
    """In the place of uvicorn: the pages start, answer and end."""
    with TestClient(create_app(), base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as client:
        assert client.get("/viec").status_code == 200


@pytest.fixture
def cut_short(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(resident, "Event", OneTurn)
    monkeypatch.setattr(resident, "end_on_signal", lambda _ended: None)
    monkeypatch.setattr(uvicorn, "run", answer_once)
    monkeypatch.setattr(commands, "must_be_free", lambda _port: None)
    monkeypatch.setattr(story, "must_be_free", lambda _port: None)
    live = story._live
    monkeypatch.setattr(story, "_live", lambda on, _days, *rest: live(on, 2, *rest))
    monkeypatch.setattr(story.tell, "__defaults__", (office / "demo",))
    return office


def settings_of(chosen: dict[str, str]) -> dict[str, str]:
    return {f"DONDOC_{name.upper()}": value for name, value in chosen.items()}


@pytest.mark.parametrize("command", ["serve", "work"])
@FEW
@given(chosen=CHOSEN, option=st.sampled_from(["--port", "--every"]), word=st.none() | WORD)
def test_pages_and_the_resident(
    cut_short: Path, command: str, chosen: dict[str, str], option: str, word: str | None
) -> None:
    with environment(**settings_of(chosen)):
        fine(run(command, *([] if word is None else [option, word])))


@pytest.mark.parametrize(
    "words", [("serve",), ("work",), ("demo", "--days", "30")], ids=lambda words: words[0]
)
def test_they_do_their_work_when_nothing_is_odd(cut_short: Path, words: tuple[str, ...]) -> None:
    """Else the refusals above would prove nothing."""
    with environment(DONDOC_DEMO_SERVE="1"):
        ended = run(*words)
    fine(ended)
    assert (ended.exit_code, ended.stderr) == (0, "")


@pytest.mark.parametrize("setting", ["letters_folder", "zalo_timeout"])  # set by the stage, and not
def test_the_demo_under_odd_settings(cut_short: Path, setting: str) -> None:
    with environment(DONDOC_DEMO_SERVE="0", **settings_of({setting: "/dev/null/x"})):
        fine(run("demo", "--days", "30"))


@pytest.mark.parametrize("option", ["--days", "--port"])
def test_the_demo_with_odd_words(cut_short: Path, option: str) -> None:
    for word in WORDS:
        fine(run("demo", option, word, *(["--days", "1"] if option == "--port" else [])))  # 1: too few


def test_a_demo_whose_sweeps_fail_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with environment(PREFECT_HOME="/dev/null/x"), pytest.raises(Refusal, match="Bốn lượt quét qua Prefect"):
        story._through_prefect(stage.Stage(*[None] * 4), story.ISSUED_AT)  # type: ignore[arg-type]


def test_a_folder_that_is_full_is_told_in_a_sentence() -> None:
    said: list[str] = []

    def full(_stop: object) -> TickReport:
        raise OSError(errno.ENOSPC, "No space left on device", "thu.eml")

    resident.Resident(full, 60, OneTurn(), said.append, said.append).run()
    [complaint] = said
    assert "«thu.eml»: đĩa đã đầy" in complaint
    assert "Traceback" not in complaint


@pytest.fixture
def handed(office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """``python -m flows`` as far as Prefect; what was handed to it."""
    given: list[Any] = []
    monkeypatch.setattr(sweeps, "_run", lambda *sweep: given.append(sweep) or 0)
    monkeypatch.setattr("flows.door.keep_private", lambda _environment: None)  # it lasts as long as a process
    monkeypatch.setattr("prefect.serve", lambda *deployments, **_: given.append(deployments))
    monkeypatch.setenv("PREFECT_HOME", str(office / "prefect"))
    yield given
    get_settings.cache_clear()


def ends_well(capsys: pytest.CaptureFixture[str], *words: str) -> int:
    try:
        code = sweeps.main(words)
    except SystemExit as refused:  # argparse
        code = int(str(refused.code))
    said = capsys.readouterr()
    assert code in (0, 2)
    assert "Traceback" not in said.out + said.err
    assert (code == 0) == (said.err == ""), said.err
    return code


COMMAND = st.sampled_from(
    [(), ("all",), *(("once", name) for name in sweeps.NAMES), ("once",), ("once", "x")]
)
SERVER = st.sampled_from(
    ["", " ", "x", "http://", "http://[::1", "http://127.0.0.1:1/api", "ftp://x", "\udcff"]
)


@FEW
@given(words=COMMAND, now=st.none() | WORD, chosen=CHOSEN, server=SERVER)
@example(words=(), now=None, chosen={"sweep_every_seconds": "x"}, server="http://127.0.0.1:1/api")
@example(words=(), now=None, chosen={}, server="x")
def test_the_sweeps(
    handed: list[Any], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], now: str | None,
    chosen: dict[str, str], server: str,
) -> None:  # fmt: skip
    given = () if now is None else ("--now", now)
    with environment(PREFECT_API_URL=server, **settings_of(chosen)):
        ends_well(capsys, *words, *given)


@pytest.mark.parametrize("name", ["PREFECT_HOME", "PREFECT_API_URL"])
def test_a_setting_of_prefect(handed: list[Any], capsys: pytest.CaptureFixture[str], name: str) -> None:
    with environment(**{name: "/dev/null/x"}):
        assert ends_well(capsys, "all") == 2
    assert handed == []


def test_the_sweeps_run_when_nothing_is_odd(handed: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_well(capsys, "all", "--now", "2022-08-30T09:00") == 0
    assert [name for name, _ in handed] == list(sweeps.NAMES)


def test_a_server_that_is_away(
    handed: list[Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Raised where Prefect raises it, and nothing of the key is shown."""
    from prefect.client.orchestration import SyncPrefectClient

    def ask(*_: object) -> int:
        with SyncPrefectClient("http://127.0.0.1:1/api", httpx_settings={"timeout": 5}) as client:
            client.read_flows()
        return 0

    monkeypatch.setattr(sweeps, "_run", ask)
    with environment(PREFECT_CLIENT_MAX_RETRIES="0", PREFECT_API_KEY="sesame"):
        assert sweeps.main(["all"]) == 2
    said = capsys.readouterr().err
    assert "PREFECT_API_URL" in said
    assert "sesame" not in said


def test_a_fault_of_ours_is_not_hidden(handed: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> int:
        raise TypeError

    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(sweeps, "_run", wrong)
    with pytest.raises(TypeError):
        sweeps.main(["all"])
