"""Processor seconds of this process and of a PostgreSQL server beside it, ended sessions included."""

import os
from pathlib import Path
from time import process_time

from sqlalchemy.engine import make_url

_TICK = os.sysconf("SC_CLK_TCK")


def cpu(url: str) -> float:
    """Of this process alone for SQLite, which works inside it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return process_time()
    started = Path(str(parsed.query["host"])) / "data" / "postmaster.pid"
    return process_time() + _of_server(int(started.read_text(encoding="utf-8").split()[0]))


def _of_server(postmaster: int) -> float:
    """Its own, its living children's and that of the children that have ended."""
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(folder)):
            ours = int(folder.name) == postmaster
            if ours or int(fields[1]) == postmaster:
                total += sum(map(int, fields[11 : 15 if ours else 13]))
    return total / _TICK


def _stat(folder: Path) -> list[str]:
    """The fields after the program's name, from the state on; nothing of a process that has just ended."""
    try:
        return (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
