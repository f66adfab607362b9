"""Prefect's server that ``python -m flows server`` starts, and what a run may be asked for.

Seen to fail: with ``create_app`` handed to uvicorn as it is; without ``look_at_server_settings``; with the
default of Prefect for origins or CSRF in ``ENVIRONMENT``; with ``AwareDatetime`` in the place of
``GivenInstant``; without ``keep_private``.
"""

import os
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from prefect import context
from prefect import settings as prefect_settings
from prefect.exceptions import ParameterTypeError
from prefect.server.api import server as api_server
from prefect.settings import get_current_settings, temporary_settings

from config.clock import wall_now
from flows import sweeping
from flows.__main__ import ENVIRONMENT, main
from flows.door import answers_without_password, keep_private
from flows.prefect_server import allowed_hosts, look_at_server_settings, run_server
from flows.schedules import SWEEPS, deployments
from rules.refusal import Refusal
from tests.checkout import ROOT
from tests.prefect_server import (
    AUTH,
    PATIENCE,
    Api,
    Watch,
    environment_of,
    free_port,
    process,
    server_command,
)

ORIGINS, SHORT = "PREFECT_SERVER_CORS_ALLOWED_ORIGINS", "từ 16 ký tự"
GOOD = {**ENVIRONMENT, "PREFECT_SERVER_API_AUTH_STRING": AUTH}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The API of one real server for this file, and its log."""
    folder, port = tmp_path_factory.mktemp("server"), str(free_port())
    url, log, watch = f"http://127.0.0.1:{port}/api", folder / "log", Watch(PATIENCE)
    environment = environment_of(folder, "sqlite://") | {"PREFECT_SERVER_LOGGING_LEVEL": "INFO"}
    with process(log, environment, *server_command(port)):
        watch.until(Api(url).healthy, "the server answers", [log])
        yield url, log


SOCKET = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
          "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}  # fmt: skip


@pytest.mark.prefect
def test_the_servers_door(server: tuple[str, Path]) -> None:
    url, log = server
    host, name = url.removesuffix("/api"), AUTH.partition(":")[0]
    preflight = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    stranger, own = (
        httpx2.Client(trust_env=False),
        httpx2.Client(trust_env=False, auth=tuple(AUTH.split(":"))),
    )
    assert not answers_without_password(url)
    asked = stranger.options(f"{url}/deployments/", headers=preflight)
    assert "access-control-allow-origin" not in asked.headers
    assert (
        stranger.post(f"{url}/flows/", json={"name": "x"}).status_code == 403
    )  # before it is asked who it is
    assert own.post(f"{url}/flows/", json={"name": "x"}).status_code == 403  # a form of another page
    assert stranger.get(f"{url}/csrf-token", params={"client": "x"}).status_code == 401
    assert stranger.get(f"{url}/admin/version", auth=(name, "")).status_code == 401
    assert own.get(f"{url}/admin/version").status_code == 200
    for path in ("/", "/api/health", "/api/admin/version", "/ui-settings", "/docs"):
        for foreign in (
            "rebound.evil.example",
            "127.0.0.1.evil.example",
            "localhost.",
            "",
            "127.0.0.1, x",
            "a@b",
        ):
            assert own.get(host + path, headers={"Host": foreign}).status_code == 400, (path, foreign)
    for own_name in ("localhost", "LOCALHOST:80", "[::1]:4200"):
        assert own.get(f"{url}/admin/version", headers={"Host": own_name}).status_code == 200
    assert stranger.get(f"{url}/events/out", headers={**SOCKET, "Host": "evil.example"}).status_code == 403
    assert "ERROR" not in log.read_text(encoding="utf-8")
    assert AUTH not in log.read_text(encoding="utf-8")


def _settings(**values: str | None) -> Any:
    values = {name: value for name, value in (GOOD | values).items() if name.startswith("PREFECT_SERVER_")}
    return temporary_settings({getattr(prefect_settings, name): value for name, value in values.items()})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        *(("PREFECT_SERVER_API_AUTH_STRING", value, said) for value, said in (
            (None, "Chưa đặt"), ("", "Chưa đặt"), (" ", "Chưa đặt"), (":", SHORT), ("a:b", SHORT),
            ("don-doc", SHORT), (":0123456789abcdef", SHORT), ("a:012345678 9abcdef0", SHORT),
            ("a:mật-khẩu-0123456789", SHORT),  # Prefect compares it as ASCII, and fails with 500
        )),
        (ORIGINS, "*", ORIGINS),
        (ORIGINS, "http://127.0.0.1:4200,*", ORIGINS),
        ("PREFECT_SERVER_CSRF_PROTECTION_ENABLED", "false", "phải là true"),
    ],
)  # fmt: skip
def test_a_server_that_would_be_open_does_not_start(
    name: str, value: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.prefect_server.create_app", lambda **_: pytest.fail("it would start"))
    with _settings(**{name: value}), pytest.raises(Refusal, match=said) as refused:
        run_server(())
    assert value is None or len(value) < 5 or value not in str(refused.value)


def test_what_the_runbook_sets_is_enough() -> None:
    with _settings():
        look_at_server_settings()
        assert get_current_settings().server.api.host == "127.0.0.1"


def test_the_command_refuses_with_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """Apart from what another file has set for this whole process."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    monkeypatch.setattr(os, "environ", {**bare, "PREFECT_HOME": os.environ["PREFECT_HOME"]})
    monkeypatch.setattr(context, "GLOBAL_SETTINGS_CONTEXT", context.GLOBAL_SETTINGS_CONTEXT)  # put back
    apart = Context()
    apart.run(context.refresh_global_settings_context)
    assert apart.run(main, ["server"]) == 2
    assert "Chưa đặt PREFECT_SERVER_API_AUTH_STRING" in capsys.readouterr().err


def test_hosts() -> None:
    here = ["127.0.0.1", "localhost", "[::1]"]
    assert allowed_hosts("10.0.0.5", ["prefect.inner"]) == [*here, "10.0.0.5", "prefect.inner"]
    assert allowed_hosts("fd00::5", []) == [*here, "[fd00::5]"]
    assert allowed_hosts("0.0.0.0", ["prefect.inner"]) == [*here, "prefect.inner"]


@pytest.mark.parametrize(
    ("bound", "names"),
    [("0.0.0.0", []), ("::", []), *(("127.0.0.1", [name]) for name in ("*", "*.x", "http://x", "x:1", ""))],
)
def test_a_server_of_any_name_does_not_start(bound: str, names: list[str]) -> None:
    with pytest.raises(Refusal):
        allowed_hosts(bound, names)


def test_a_private_server_and_its_clients_have_a_password_of_their_own(monkeypatch: Any) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(context, "GLOBAL_SETTINGS_CONTEXT", context.GLOBAL_SETTINGS_CONTEXT)  # put back
    monkeypatch.setattr(api_server.subprocess, "Popen", lambda args, env: started.append((args, env)))
    apart = Context()  # another file's settings may hold for this whole process
    apart.run(keep_private, os.environ)
    apart.run(api_server.SubprocessASGIServer(1)._run_uvicorn_command)
    [(command, environment)] = started
    auth = environment["PREFECT_SERVER_API_AUTH_STRING"]
    client = apart.run(get_current_settings).api.auth_string
    assert client is not None
    assert environment["PREFECT_API_AUTH_STRING"] == client.get_secret_value() == auth
    assert len(auth) == len("don-doc:") + 48
    assert auth not in command


def test_no_two_private_servers_have_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.door.refresh_global_settings_context", lambda: None)
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    keep_private(first)
    keep_private(second)
    assert first.keys() == second.keys() == {"PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING"}
    assert not {*first.values()} & {*second.values()}


@pytest.mark.parametrize(
    "given",
    [
        "1999-12-31T23:59:59+07:00", "2101-01-01T00:00:00+07:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "2022-09-05T08:00:00", 10**15, -1, "x" * 9999, {"a": 1}, [None], True,
        float("nan"),
    ],
)  # fmt: skip
def test_a_sweep_takes_an_instant_within_reach_or_none(given: Any) -> None:
    for sweep in SWEEPS:
        with pytest.raises(ParameterTypeError):
            sweep.flow.validate_parameters({"now": given})


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_a_sweep_has_no_other_parameter(sweep: Any) -> None:
    assert [*sweep.flow.parameters.properties] == ["now"]
    assert sweep.flow.validate_parameters({"now": None}) == {"now": None}
    assert sweep.flow.validate_parameters({"now": "2022-09-05T08:00:00+07:00"})["now"].year == 2022


@pytest.mark.parametrize(
    "given",
    ["x", "2022-09-05T08:00:00", "9999-12-31T23:59:59-14:00", 5, {"a": 1}, [1], "0001-01-01T00:00:00+14:00"],
)
def test_a_run_is_named_whatever_it_was_given(given: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Run:
        parameters = {"now": given}

    monkeypatch.setattr(sweeping, "flow_run", Run)
    assert sweeping.run_name("Gửi thư")().startswith(f"Gửi thư {wall_now():%d}"[:8])


def test_the_server_looks_at_parameters_first() -> None:
    in_file = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert [one["enforce_parameter_schema"] for one in in_file] == [True] * 4
    assert [one.enforce_parameter_schema for one in deployments()] == [True] * 4


def test_no_password_in_what_a_server_keeps() -> None:
    words = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert "AUTH_STRING" not in "".join(line.partition("#")[0] for line in words.splitlines(keepends=True))
