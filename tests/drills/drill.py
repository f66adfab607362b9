"""One round of a drill: an office on a PostgreSQL server of its own, a mail server, and workers."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from models.db import open_database
from tests.checkout import ROOT
from tests.drills.mail_server import MailServer, until
from tests.drills.office import NOW
from tests.drills.verdict import Verdict, judge
from tests.postgres_server import PostgresServer

Hold = tuple[str, str, int]
MOST_PASSES = 12


class Crew:
    """The process that forks our workers; importing everything anew would take each a second."""

    def __init__(self) -> None:
        command, pipe = [sys.executable, "-m", "tests.drills.worker"], subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def ask(self, question: dict[str, Any]) -> Any:
        """One question, one answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def leave(self) -> None:
        """No more orders."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Worker:
    """A process that delivers; ``name`` is also what its database sessions call themselves."""

    def __init__(
        self, name: str, place: Path, crew: Crew, order: dict[str, Any], prefix: Sequence[str]
    ) -> None:
        self.name, self._place, self._crew = name, place, crew
        self._own: subprocess.Popen[bytes] | None = None
        if prefix:
            with self._file("log").open("ab") as log:
                command = [*prefix, sys.executable, "-m", "tests.drills.worker", json.dumps(order)]
                self._own = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        self.pid = self._own.pid if self._own else int(crew.ask({"start": order}))
        self.code: int | None = None

    def held(self, seconds: float = 60) -> None:
        """Wait until it stands at its point."""
        until(lambda: self._file("held").exists() or self._ended(), f"{self.name} at its point", seconds)
        assert self._file("held").exists(), f"{self.name} never came to its point\n{self.log()}"

    def go(self) -> None:
        """Let it go on from there."""
        self._file("go").touch()

    def wait(self, seconds: float = 90) -> int:
        """Its exit code."""
        until(self._ended, f"the end of {self.name}\n{self.log()}", seconds)
        assert self.code is not None
        return self.code

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal; a worker that has ended already takes no notice."""
        with suppress(ProcessLookupError):
            if not self._ended():
                os.kill(self.pid, sign)

    def log(self) -> str:
        """What it has said on stdout and stderr."""
        return self._file("log").read_text(encoding="utf-8") if self._file("log").exists() else ""

    def report(self) -> dict[str, Any]:
        """Its DeliveryReport as JSON; empty if it did not live to give one."""
        return (
            json.loads(self._file("report").read_text(encoding="utf-8"))
            if self._file("report").exists()
            else {}
        )

    def _file(self, kind: str) -> Path:
        return self._place.with_name(f"{self._place.name}.{kind}")

    def _ended(self) -> bool:
        if self.code is None:
            self.code = self._own.poll() if self._own else self._crew.ask({"code": self.pid})
        return self.code is not None


@dataclass
class Drill:
    """Everything a drill needs. Every worker that is left at the end is killed."""

    url: str
    folder: Path
    mail: MailServer
    crew: Crew
    server: PostgresServer
    now: datetime = NOW
    workers: list[Worker] = field(default_factory=list)

    def worker(self, name: str, hold: Hold | None = None, work: str = "deliver", **more: Any) -> Worker:
        """Start a worker; ``hold`` = ("post" or "module:function", "before" or "after", on which call).

        ``more``: ``prefix`` (a command to start it by), ``url``, ``now``, ``settings`` (its own DONDOC_...),
        ``session`` (statements instead of those that its database sessions begin with).
        """
        place = self.folder / f"{len(self.workers)}-{name}"
        order = {
            "settings": {**self.settings(name, more.get("url")), **more.get("settings", {})},
            "now": (more.get("now") or self.now).isoformat(),
            "hold": hold,
            "place": str(place),
            "work": work,
            "session": more.get("session"),
        }
        started = Worker(name, place, self.crew, order, more.get("prefix", ()))
        self.workers.append(started)
        return started

    def settings(self, name: str, url: str | None = None) -> dict[str, str]:
        """The environment of a process that calls itself ``name`` at the database."""
        url = url or self.url
        called = f"{url}{'&' if '?' in url else '?'}application_name={name}" if "postgresql" in url else url
        values = {"DATABASE_URL": called, "SMTP_HOST": self.mail.host, "SMTP_PORT": self.mail.port}
        more = {
            "SMTP_TIMEOUT": 20,
            "MAIL_DOMAIN": "dondoc.example",
            "LETTERS_FOLDER": self.folder / "letters",
            "WITNESS_FOLDER": self.folder / "sent",
        }
        return {f"DONDOC_{key}": str(value) for key, value in {**values, **more}.items()}

    def finish(self) -> Verdict:
        """Passes by one fresh worker after another, two hours apart, until nothing is left to go."""
        for number in range(MOST_PASSES):
            last = self.worker(f"finish-{number}", now=self.now + timedelta(hours=2 * number))
            assert last.wait() == 0, last.log()
            verdict = self.verdict()
            if not verdict.waiting:
                break
        return verdict

    def verdict(self) -> Verdict:
        """What became of the letters so far; ask when nobody is at work."""
        engine = self.engine()
        try:
            return judge(engine, self.mail.taken())
        finally:
            engine.dispose()

    def engine(self) -> Engine:
        """An engine on the office's database; the caller disposes of it."""
        return open_database(self.url)

    def end(self) -> None:
        """Kill whoever is left."""
        for worker in self.workers:
            worker.kill()
            worker.go()
            worker.wait()
