"""Workers as processes of their own: ``python -m tests.drills.worker`` imports once and forks on order.

Orders come by standard input, one JSON value a line, answers go back the same way. With an order as its
argument the module is one worker, started afresh: for another network namespace or another user.
"""

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from config.act import by_clock
from config.settings import get_settings
from flows.actions.follow_up.tick import send_letters, tick
from flows.actions.office import this_office
from models import db
from models.db import open_database
from models.installation import workers
from notifications.channels import registry
from notifications.letters.kit import frame
from notifications.outbox.parcel import Outcome, Parcel

Order = dict[str, Any]


def work(order: Order) -> None:
    """One pass, as the order says; what it reported is left in the file of the same name."""
    os.environ.update(order["settings"])
    get_settings.cache_clear()
    if order["session"]:
        db.SERVER_KEEPALIVES = workers._SESSION = tuple(order["session"])
    hold = Hold(order) if order["hold"] else None
    post: Callable[[str, Parcel], Outcome] = registry.post
    if hold is not None:
        post = hold.arranged(post)
    engine, now = open_database(get_settings().database_url), datetime.fromisoformat(order["now"])
    if order["work"] == "tick":
        report = tick(engine, this_office(), now, post=post).delivery
    else:
        report = send_letters(engine, by_clock(now, this_office()), post=post)
    engine.dispose()
    Path(order["place"] + ".report").write_text(json.dumps(asdict(report), default=str), encoding="utf-8")


class Hold:
    """Stops this worker at a point, once, until the drill says go on.

    ``where`` is "post" (between claim and settle, outside any transaction) or "module:function" as it is
    looked up when it is called; ``when`` "before" or "after" the call; ``turn`` counts the calls from 1.
    """

    def __init__(self, order: Order) -> None:
        self.where, self.when, self.turn = order["hold"]
        self.place, self.calls = order["place"], 0

    def arranged(self, post: Callable[[str, Parcel], Outcome]) -> Callable[[str, Parcel], Outcome]:
        """Patch the point; ``post`` with the hold in it, if that is the point."""
        if self.where == "post":
            return self.around(post)
        module, _, name = self.where.partition(":")
        owner = importlib.import_module(module)
        setattr(owner, name, self.around(getattr(owner, name)))
        return post

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, held at the call."""

        def call(*args: Any, **more: Any) -> Any:
            self.calls += 1
            mine = self.calls == self.turn
            if mine and self.when == "before":
                self.wait()
            result = function(*args, **more)
            if mine and self.when == "after":
                self.wait()
            return result

        return call

    def wait(self) -> None:
        """Say that we are there, and wait for leave to go on."""
        Path(self.place + ".held").touch()
        while not Path(self.place + ".go").exists():
            Event().wait(0.02)


def fork(order: Order) -> int:
    """The id of a new process that does the work; its words go to a log."""
    child = os.fork()
    if child:
        return child
    log = os.open(order["place"] + ".log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os._exit(ended(order))


def ended(order: Order) -> int:
    """Do the work; the exit code."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        work(order)
        return 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return 1


def main() -> None:
    """Serve orders until the input ends: "start" answers a pid, "code" of a pid its exit code or null."""
    registry.register_channels()
    registry.our_channels()
    frame.make_ready()
    this_office()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = fork(asked["start"]) if "start" in asked else _code(asked["code"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _code(child: int) -> int | None:
    pid, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(ended(json.loads(sys.argv[1])))
    main()
