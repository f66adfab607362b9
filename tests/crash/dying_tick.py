"""Runs ticks in processes of their own, some of which kill themselves at a named point.

``python -m tests.crash.dying_tick`` imports everything once, then reads orders from its standard input,
one JSON value a line, and forks a fresh process for each tick (importing anew would take seconds). It
answers with the exit codes.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTP
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import SQLModel

from config.settings import get_settings
from flows.actions.documents import issue
from flows.actions.follow_up import follow_up, issue_due, tick
from flows.actions.office import this_office
from models.db import connect, open_database
from models.follow_up.sweep import crossings, reminders, urgings
from notifications.channels import registry
from notifications.channels.mail import folder, smtp_pool
from notifications.delivery import deliver
from tests.cast import DATED, ISSUED_ON, Postman, at, move_in, settings
from tests.cast import issue as issue_first

#: Point -> the function it sits in, whether it dies before or after the call, and on which call.
POINTS: dict[str, tuple[Any, str, str, int]] = {
    "publish, before its commit": (issue, "announce", "after", 1),
    "publish, after its commit": (issue_due, "issue_ready", "after", 1),
    "follow-up, after the reminders": (reminders, "remind", "after", 1),
    "follow-up, after the urgings": (urgings, "urge", "after", 1),
    "follow-up, after the crossings": (crossings, "cross_late", "after", 1),
    "follow-up, before its commit": (follow_up, "note_day", "after", 1),
    "follow-up, after its commit": (tick, "daily_follow_up", "after", 1),
    "digest, after its commit": (tick, "send_digest", "after", 1),
    "dispatch, before its commit": (deliver, "dispatch", "after", 1),
    "dispatch, after its commit": (deliver, "_dispatch", "after", 1),
    "claimed, before the I/O": (registry, "post", "before", 1),
    "in the I/O: the mail server has the letter": (SMTP, "send", "after the final dot", 1),
    "in the I/O: the file is there": (folder, "_put", "after", 1),
    "after the I/O, before settling": (registry, "post", "after", 1),
    "settling, before its commit": (deliver, "settle", "after", 1),
    "settled and the next claimed, before their commit": (deliver, "_claim_next", "after", 2),
    "settled and the next claimed, before its I/O": (registry, "post", "before", 2),
}


def die() -> None:
    """As if somebody had pulled the plug: no handler, no flush, no good-bye."""
    os.kill(os.getpid(), signal.SIGKILL)


def arrange(point: str) -> None:
    """Patch the function of ``point`` so that this process ends there."""
    owner, name, when, turn = POINTS[point]
    setattr(owner, name, _deadly(getattr(owner, name), when, turn))


def _deadly(function: Callable[..., Any], when: str, turn: int) -> Callable[..., Any]:
    calls = 0

    def call(*args: Any, **more: Any) -> Any:
        nonlocal calls
        if when == "after the final dot" and args[-1] != b".\r\n":
            return function(*args, **more)
        calls += 1
        if when == "before" and calls == turn:
            die()
        result = function(*args, **more)
        if when != "before" and calls == turn:
            die()
        return result

    return call


def run(order: dict[str, Any]) -> None:
    """One tick, as ``dondoc tick`` would run it."""
    os.environ.update(order["settings"])
    get_settings.cache_clear()
    if order["die_at"]:
        arrange(order["die_at"])
    engine = open_database(get_settings().database_url)
    tick.tick(engine, this_office(), datetime.fromisoformat(order["now"]) if order["now"] else None)
    smtp_pool.hang_up_all()
    engine.dispose()


def fork(order: dict[str, Any]) -> int:
    """The id of a new process that runs the order."""
    child = os.fork()
    if child:
        return child
    try:
        run(order)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def warm_up() -> None:
    """Everything a tick imports, reads and compiles once, so that the forked ones need not."""
    registry.register_channels()
    with TemporaryDirectory() as place:
        engine = connect(f"sqlite:///{place}/warm.db")
        SQLModel.metadata.create_all(engine)
        issue_first(move_in(engine), DATED)
        tick.tick(engine, this_office(), at(ISSUED_ON), settings(), Postman())
        engine.dispose()


def main() -> None:
    """Serve orders until the input ends."""
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        children = [fork(order) for _ in range(order["processes"])]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
