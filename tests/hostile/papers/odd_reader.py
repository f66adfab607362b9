"""A zygote whose readers do what a hostile paper could make them do; the paper's first word says what."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from flows.actions.reading.apart import zygote
from flows.actions.reading.apart.one_paper import read_it
from flows.actions.reading.apart.orders import Order
from flows.formats.content import Progress
from rules.calendar.workdays import WorkCalendar
from rules.draft import DocumentKind, Draft, DraftDirective, DraftDocument, DraftDue, DueKind, Party, Span
from rules.people.registry import Registry

#: Deaf to all signals that can be ignored, in a session of its own, and not its reader's child any more.
DEAF = "trap '' TERM INT HUP; setsid sh -c 'echo $$; exec sleep 600' & exit 0"


def spin(progress: Progress) -> None:
    while True:
        pass


def hang(progress: Progress) -> None:
    """With a file, and a program that outlives everybody who does not look for it."""
    with tempfile.NamedTemporaryFile() as file:
        started = subprocess.run(["sh", "-c", DEAF], stdout=open(file.name, "wb"))  # noqa: SIM115
        assert started.returncode == 0
        while not (said := file.read().strip()):
            time.sleep(0.005)
        progress(f"{os.getpid()} {said.decode()} {file.name}", 0.5)
        signal.pause()


def crash(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(progress: Progress) -> None:
    os._exit(0)


def eat(progress: Progress) -> None:
    bytearray(1 << 30)


def shout(progress: Progress) -> None:
    while True:
        progress("x" * 1_000_000, 0.5)


def write(progress: Progress) -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(64):
            file.write(bytes(1 << 20))


def fail(progress: Progress) -> None:
    raise RuntimeError("nobody meant this")


def escape(progress: Progress) -> None:
    progress("\x1b[2J" + "ă" * 500, 7.0)
    raise SystemExit


DEEDS: dict[str, Callable[[Progress], None]] = {
    deed.__name__: deed for deed in (spin, hang, crash, leave, eat, shout, write, fail, escape)
}
#: What is wrong with a draft that a stranger made.
LIES: dict[str, DraftDirective] = {
    "unknown-body": DraftDirective("x", Span(0, 1), lead=(Party("x", "nobody"),)),
    "unknown-candidate": DraftDirective("x", Span(0, 1), lead=(Party("x", None, candidates=("nobody",)),)),
    "outside": DraftDirective("x", Span(0, 99)),
    "backwards": DraftDirective("x", Span(1, 0)),
    "no-rule": DraftDirective("x", Span(0, 1), due=DraftDue(DueKind.RECURRING, rule="every now and then")),
    "nul": DraftDirective("x\0", Span(0, 1)),
}


def read(order: Order, data: bytes, registry: Registry, calendar: WorkCalendar, progress: Progress) -> Draft:
    """Do the deed, tell the lie, or read like everybody."""
    word = data.decode(errors="replace").partition(" ")[0]
    if deed := DEEDS.get(word):
        deed(progress)
    if lie := LIES.get(word):
        return Draft(DraftDocument(DocumentKind.NOTICE, None, None, None, None, "", "x"), (lie,))
    return read_it(order, data, registry, calendar, progress)


if __name__ == "__main__":
    sys.exit(zygote.main(read))
