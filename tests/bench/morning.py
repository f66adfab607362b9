"""A whole morning from a cold start: the command ``dondoc tick``, 200 readers, a mail server beside it.

100,000 open tasks; the process starts, follows up, writes the week's digest, bundles one mail of text
and HTML for each of the 200 agencies and hands it over by SMTP. What Prefect adds is a row of its own.
"""

import os
from functools import partial
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.in_a_child import measured
from tests.bench.province import settle
from tests.bench.province_tasks import AGENCIES
from tests.bench.rows import Row
from tests.bench.sink import Mails, mail_server
from tests.bench.towns import Town, both, sqlite_town

TASKS, TURNS = 100_000, 3
NOW = "2026-03-04T07:30"
WALL, PEAK = 5.0, 200.0  # seconds, MB


def morning() -> list[Row]:
    """Seconds (the median of three mornings) and megabytes of the one process; the mail server is another."""
    rows = []
    for town in both(partial(settle, tasks=TASKS)):
        turns = [_by_command(town, "tests.bench.morning:tick") for _ in range(TURNS)]
        seconds, peak = median(turn["whole"] for turn in turns), max(turn["peak"] for turn in turns)
        rows.append(Row(f"morning 100k, 200 mails, {town.kind}", seconds, "s", limit=WALL))
        rows.append(Row(f"morning 100k: peak memory, {town.kind}", peak, "MB", limit=PEAK))
    return rows


def prefect_adds() -> list[Row]:
    """The same morning as four Prefect runs with a private server, less the morning without Prefect.

    The server's own database is there already, as it is in an office on its second day.
    """
    with sqlite_town(partial(settle, tasks=TASKS)) as town, TemporaryDirectory(prefix="prefect-") as home:
        plain = _by_command(town, "tests.bench.morning:tick")
        _by_command(town, "tests.bench.morning:flows", PREFECT_HOME=home)
        found = _by_command(town, "tests.bench.morning:flows", PREFECT_HOME=home)
    added = Row("morning 100k: what Prefect adds, SQLite", found["whole"] - plain["whole"], "s")
    return [added, Row("morning 100k: peak memory with Prefect", found["peak"], "MB")]


def _by_command(town: Town, work: str, **more: str) -> dict[str, Any]:
    with town.fresh() as url, mail_server() as (host, port, mails):
        ours = {"DATABASE_URL": url, "SMTP_HOST": host, "SMTP_PORT": str(port)}
        environment = {f"DONDOC_{name}": value for name, value in ours.items()}
        found = measured(work, environment={**os.environ, **environment, **more})
        _check(mails())
        return found


def _check(mails: Mails) -> None:
    """Each agency has its one letter, in both forms."""
    readers = {f"a{number}@example.org": 1 for number in range(AGENCIES)}
    found = {reader: number for reader, number in mails.items() if reader in readers}
    if found != readers or mails["without text and HTML"]:
        raise RuntimeError(f"not one mail each: {len(found)} readers, {sum(found.values())} mails, {mails}")


def tick() -> None:
    """In the child: the command line."""
    from flows.cli import app

    app(["tick", "--now", NOW], standalone_mode=False)


def flows() -> None:
    """In the child: the four sweeps by Prefect."""
    from flows.__main__ import main

    if main(["all", "--now", NOW]):
        raise SystemExit(1)
