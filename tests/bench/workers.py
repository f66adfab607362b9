"""How much faster several workers are at a mail server that takes its time, each a process of its own."""

import os
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.act import by_clock
from config.settings import get_settings
from tests.bench.queue import Queue, fill
from tests.bench.rows import Row
from tests.bench.sink import slow_mail_server
from tests.bench.towns import Town, postgres_town

LATENCY, LETTERS = 0.02, 600
#: Time of one worker over that of several: at least so many times as fast, so at most one over it.
FASTER = {2: 1.6, 4: 3.0}
NOW = "2026-03-04T07:30:00+07:00"


def delivery_workers() -> list[Row]:
    """Seconds from the first letter to the last at the server; and the times that of one worker."""
    with postgres_town(partial(fill, queue=Queue(readers=LETTERS, each=1))) as town:
        alone = _seconds(town, 1)
        rows = [Row(f"{LETTERS} letters at {LATENCY * 1000:.0f} ms, one worker", alone, "s")]
        for number, least in FASTER.items():
            share = _seconds(town, number) / alone
            rows.append(Row(f"{number} workers: time against one", share, "x", limit=1 / least))
    return rows


def _seconds(town: Town, workers: int) -> float:
    context = get_context("spawn")
    with (
        town.fresh() as url,
        TemporaryDirectory(prefix="witness-") as witness,
        slow_mail_server(LATENCY) as (host, port, moments),
    ):
        ready = context.Barrier(workers)
        ours = {"DATABASE_URL": url, "SMTP_HOST": host, "SMTP_PORT": port, "WITNESS_FOLDER": Path(witness)}
        settings = {f"DONDOC_{name}": str(value) for name, value in ours.items()}
        crew = [context.Process(target=_work, args=(settings, ready)) for _ in range(workers)]
        for process in crew:
            process.start()
        for process in crew:
            process.join()
        taken = sorted(moments())
    if len(taken) != LETTERS:
        raise RuntimeError(f"{len(taken)} letters of {LETTERS}")
    return taken[-1] - taken[0]


def _work(settings: dict[str, str], ready: Any) -> None:
    """In a child: imports first, then one pass, begun with the others."""
    os.environ.update(settings)
    get_settings.cache_clear()
    from flows.actions.follow_up.tick import send_letters
    from flows.actions.office import office_database, this_office
    from notifications.channels import registry
    from notifications.letters.kit import frame

    registry.our_channels()
    frame.make_ready()
    engine, office = office_database(), this_office()
    ready.wait()
    send_letters(engine, by_clock(datetime.fromisoformat(NOW), office))
