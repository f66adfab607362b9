"""A real Prefect server and real runners in tests, as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from flows.__main__ import ENVIRONMENT

SWEEPS = {"issue-directives", "daily-follow-up", "send-digests", "deliver-outbox"}
PATIENCE = 360.0  # seconds in all; alone on two cores it takes a sixth of that
AUTH = "don-doc:of-the-tests-0123456789"
FOREIGN = ("PREFECT_", "DONDOC_", "PYTHONDONTWRITEBYTECODE")

# Tells of every name that a process of ours looks up beyond this machine.
LOOKUPS = """
import os, socket
original = socket.getaddrinfo
def getaddrinfo(host, *more, **named):
    if host not in (None, "127.0.0.1", "localhost", "::1", b"127.0.0.1"):
        with open(os.environ["LOOKED_UP"], "a") as log:
            log.write(f"{host}\\n")
    return original(host, *more, **named)
socket.getaddrinfo = getaddrinfo
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Watch:
    """One deadline for the whole test; waits between two looks without sleeping past the end."""

    def __init__(self, seconds: float) -> None:
        self.over = threading.Event()
        self.timer = threading.Timer(seconds, self.over.set)
        self.timer.daemon = True
        self.timer.start()

    def until(self, look: Callable[[], Any], what: str, logs: list[Path]) -> Any:
        while not (found := self._asked(look)):
            if self.over.wait(0.3):
                pytest.fail(f"{what}: not within {PATIENCE} s\n" + "\n".join(map(tail, logs)))
        return found

    def _asked(self, look: Callable[[], Any]) -> Any:
        try:
            return look()
        except (httpx2.TransportError, httpx2.HTTPStatusError):
            return None  # not there yet, or 503 from a busy SQLite: whoever asks again gets an answer


def tail(log: Path) -> str:
    return f"--- {log.name}\n{log.read_text(encoding='utf-8')[-4000:]}" if log.exists() else ""


@contextmanager
def process(log: Path, environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process in a group of its own; whatever of it is left at the end is killed."""
    with log.open("wb") as stream:
        started = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def environment_of(tmp_path: Path, database_url: str) -> dict[str, str]:
    """What server and sweeps run with: the settings of ``python -m flows``, and quick services."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(LOOKUPS, encoding="utf-8")
    bytecode = {} if sys.flags.dont_write_bytecode == 0 else {"PYTHONPYCACHEPREFIX": str(tmp_path / "pyc")}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)},
        **bytecode,  # every run is a process of its own: compile Prefect once, not ten times
        **ENVIRONMENT,
        "PREFECT_SERVER_API_AUTH_STRING": AUTH,
        "PREFECT_API_AUTH_STRING": AUTH,
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PYTHONPATH": str(tmp_path / "hook"),
        "LOOKED_UP": str(tmp_path / "looked-up"),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "DONDOC_DATABASE_URL": database_url,
        # No run is cancelled: they must not come faster than two busy cores are done with them.
        "DONDOC_SWEEP_EVERY_SECONDS": "30",
        "DONDOC_SMTP_PORT": "1",  # nobody listens there: a letter would have to wait
    }


class Api:
    """The few questions that the test asks the server."""

    def __init__(self, url: str) -> None:
        auth = httpx2.BasicAuth(*AUTH.split(":", 1))
        self.client = httpx2.Client(base_url=url, timeout=10, trust_env=False, auth=auth)
        self.client.event_hooks["request"].append(self._show_token)

    def _show_token(self, request: httpx2.Request) -> None:
        """What the server wants to see of whoever writes: the token that it has given to this client."""
        if request.method == "GET":
            return
        request.headers["Prefect-Csrf-Client"] = "tests"
        if "Prefect-Csrf-Token" not in self.client.headers:
            token = self.client.get("/csrf-token", params={"client": "tests"})
            token.raise_for_status()
            self.client.headers["Prefect-Csrf-Token"] = token.json()["token"]
        request.headers["Prefect-Csrf-Token"] = self.client.headers["Prefect-Csrf-Token"]

    def healthy(self) -> bool:
        return self.client.get("/health").status_code == 200

    def found(self, what: str, **body: Any) -> list[dict[str, Any]]:
        answer = self.client.post(f"/{what}/filter", json=body)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    def runs(self, *states: str) -> list[dict[str, Any]]:
        return self.found("flow_runs", flow_runs={"state": {"type": {"any_": list(states)}}})

    def completed_by_schedule(self) -> bool:
        flows = {flow["id"]: flow["name"] for flow in self.found("flows")}
        done = {flows.get(run["flow_id"]) for run in self.runs("COMPLETED") if run["auto_scheduled"]}
        return done >= SWEEPS

    def start(self, name: str) -> str | None:
        """Ask for a run of a deployment, as a late one; its id, or None while there is no deployment."""
        found = [one for one in self.found("deployments") if one["name"] == name]
        if not found:
            return None
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2022-08-15T02:00:00Z"}}
        answer = self.client.post(f"/deployments/{found[0]['id']}/create_flow_run", json={"state": state})
        answer.raise_for_status()
        return str(answer.json()["id"])

    def state(self, run: str) -> str:
        answer = self.client.get(f"/flow_runs/{run}")
        answer.raise_for_status()
        return str(answer.json()["state_type"])

    def quiet(self) -> bool:
        """No schedule left that could start something, and nothing at work."""
        deployments = self.found("deployments")
        for one in deployments:
            self.client.post(f"/deployments/{one['id']}/pause_deployment").raise_for_status()
        return bool(deployments) and not self.runs("PENDING", "RUNNING")

    def our_events(self) -> list[str]:
        answer = self.client.post("/events/filter", json={"filter": {"event": {"prefix": ["dondoc."]}}})
        answer.raise_for_status()
        return sorted(event["event"] for event in answer.json()["events"])


def server_command(port: str) -> tuple[str, ...]:
    """What starts the server on this port, as the runbook does."""
    return ("-m", "flows", "server", "--port", port)


def children(parent: subprocess.Popen[bytes]) -> str:
    """Process ids of its living children; nothing where the system does not tell."""
    lists = Path(f"/proc/{parent.pid}/task").glob("*/children")
    return "".join(one.read_text() for one in lists).strip()


def stopped(one: subprocess.Popen[bytes], seconds: float = 30) -> int:
    one.terminate()
    return one.wait(seconds)
