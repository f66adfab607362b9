"""Debian's pgbouncer before the tests' PostgreSQL, on a socket in a folder of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.drills.mail_server import until
from tests.postgres_server import PostgresServer

_PORT = 6432  # a name of the socket, nothing listens on the network
_SETTINGS: dict[str, object] = {
    "listen_port": _PORT,
    "auth_type": "trust",
    "auth_file": "users",
    "admin_users": "postgres",
    "unix_socket_dir": ".",
    "logfile": "log",
}


@dataclass(frozen=True)
class PgBouncer:
    """A running pooler; ``folder`` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The URL of one of the server's databases, through the pooler."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port={_PORT}"

    def opened(self) -> int:
        """How many sessions it has opened at the server since it began."""
        return (self.folder / "log").read_text(encoding="utf-8").count("new connection to server")

    def connect(self, database: str) -> psycopg.Connection[Any]:
        """A client that is none of ours."""
        return psycopg.connect(host=str(self.folder), port=_PORT, user="postgres", dbname=database)


@contextmanager
def running_pgbouncer(server: PostgresServer, **settings: object) -> Iterator[PgBouncer]:
    """A pooler with these settings of ``pgbouncer.ini``; skips where there is none."""
    program = shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("no pgbouncer: apt install pgbouncer (CI has it)")
    folder = Path(tempfile.mkdtemp(prefix="pgb-", dir="/tmp"))  # a socket's path may have 107 bytes
    lines = [f"{name} = {value}" for name, value in {**_SETTINGS, **settings}.items()]
    ini = ["[databases]", f"* = host={server.folder}", "[pgbouncer]", *lines]
    (folder / "pgbouncer.ini").write_text("\n".join(ini) + "\n", encoding="utf-8")
    (folder / "users").write_text('"postgres" ""\n', encoding="utf-8")
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        for path in (folder, *folder.iterdir()):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    process = subprocess.Popen([program, "-q", "pgbouncer.ini"], cwd=folder, **account)
    try:
        until(lambda: _answers(folder / f".s.PGSQL.{_PORT}"), "pgbouncer at its socket", 20)
        yield PgBouncer(folder)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(path)) == 0
