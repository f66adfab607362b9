"""A reader: reads one paper, says what came of it, and is gone."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from socket import socket

from flows.actions.reading.apart.descent import PAPER
from flows.actions.reading.apart.frames import Listener, send_frame
from flows.actions.reading.apart.orders import ORDER, SAID, Order, ReaderSaid
from flows.actions.reading.read_conclusion import read_conclusion
from flows.formats import turns
from flows.formats.content import DocumentError, Progress
from flows.formats.limits import MAX_UPLOAD_BYTES
from rules.calendar.workdays import WorkCalendar
from rules.draft import Draft
from rules.people.registry import Registry
from rules.refusal import Refusal

_MOST_FAULT = 4000  # signs of a traceback: its end says what happened
_MOST_ORDER = MAX_UPLOAD_BYTES + (1 << 16)

#: Reads one paper with what the zygote knows.
Read = Callable[[Order, bytes, Registry, WorkCalendar, Progress], Draft]


def read_it(
    order: Order, data: bytes, registry: Registry, calendar: WorkCalendar, progress: Progress
) -> Draft:
    """The product's reading."""
    return read_conclusion(order.name, data, registry, order.as_of, calendar, progress)


def read_one(line: socket, folder: Path, registry: Registry, calendar: WorkCalendar, read: Read) -> None:
    """Take the paper from ``line`` and answer on it; files lie in ``folder``, which the zygote removes."""
    turns.FOLDER = Path(tempfile.gettempdir())  # turns are taken with the whole machine
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    os.environ[PAPER] = str(os.getpid())
    _be_quiet()
    listener = Listener(line, _MOST_ORDER)
    order, data = ORDER.validate_json(listener.needed()), listener.needed()

    def report(message: str, share: float) -> None:
        _say(line, ReaderSaid(progress=(message, share)))

    _say(line, _outcome(lambda: read(order, data, registry, calendar, report), order.name))


def _outcome(read: Callable[[], Draft], name: str) -> ReaderSaid:
    try:
        return ReaderSaid(draft=read())
    except Refusal as refusal:
        return ReaderSaid(refused=str(refusal), of_document=isinstance(refusal, DocumentError))
    except MemoryError:
        return ReaderSaid(refused=f"Tệp “{name}” cần quá nhiều bộ nhớ để đọc. Hãy tách thành nhiều tệp.")
    except Exception:
        return ReaderSaid(fault=traceback.format_exc()[-_MOST_FAULT:])


def _say(line: socket, said: ReaderSaid) -> None:
    send_frame(line, SAID.dump_json(said, exclude_defaults=True))


def _be_quiet() -> None:
    """Libraries that complain into the server's log would repeat a stranger's words there."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
