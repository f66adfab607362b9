"""One conclusion -> a Draft, read in a process of its own: what pages and command line call.

The process is confined and disposable (decision 0012). Whatever becomes of it, the caller gets a draft
that fits the register, or a refusal in Vietnamese for that one paper.
"""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from socket import socket

from pydantic import ValidationError

from config.work_calendar import office_calendar
from flows.actions.reading.apart.frames import LineCut, Listener, TooMuch, send_frame
from flows.actions.reading.apart.orders import (
    BOUNDS,
    KNOWLEDGE,
    MOST_ANSWER,
    ORDER,
    SAID,
    Bounds,
    Ended,
    Knowledge,
    Order,
    ReaderSaid,
)
from flows.actions.reading.apart.sound import Unsound, check_sound
from flows.actions.reading.apart.warm import WarmZygote, this_zygote
from flows.formats.content import DocumentError, Progress, no_progress
from flows.formats.limits import check_upload
from flows.formats.quoted import quoted, shown_file_name
from rules.calendar.workdays import WorkCalendar
from rules.draft import Draft
from rules.people.registry import Registry
from rules.refusal import Refusal

_LOOK_SECONDS = 0.1  # how soon a reader hears that nobody waits for it any more
_SEND_SECONDS = 30.0
_MOST_SIGNS = 600  # of a refusal that comes from a reader


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever waits for a reading: what it hears, how long it listens, and whom it asks.

    ``wanted`` is called about ten times a second; what it or ``progress`` raises ends the reading and
    all that it has started.
    """

    progress: Progress = no_progress
    wanted: Callable[[], None] = lambda: None
    bounds: Bounds = Bounds()
    zygote: WarmZygote | None = None


class ReaderFault(Exception):
    """The reader met an error that nobody meant, or said what no reader says; the text is for a log."""


def read_apart(
    name: str,
    data: bytes,
    registry: Registry,
    as_of: date | None,
    calendar: WorkCalendar | None = None,
    watch: Watch = Watch(),
) -> Draft:
    """As ``read_conclusion``, in a process of its own within the bounds of ``watch``.

    Raises DocumentError (Vietnamese, names the file) also for a reader that was too slow, too large or
    died; ReaderFault for a fault of the program.
    """
    name = _sendable(name)
    check_upload(name, data)
    told = _knowledge(registry, calendar or office_calendar())
    zygote = watch.zygote or this_zygote()
    with zygote.line() as line:
        _ask(line, watch.bounds, told, Order(name, as_of), data)
        try:
            return check_sound(_Wait(line, name, watch, zygote).outcome(), registry)
        except Unsound as error:
            raise ReaderFault(f"a reader made {error}") from None


class _Wait:
    """Waits for one reader."""

    def __init__(self, line: socket, name: str, watch: Watch, zygote: WarmZygote) -> None:
        line.settimeout(_LOOK_SECONDS)
        self._listener = Listener(line, MOST_ANSWER, self._idle)
        self._name, self._watch, self._zygote = name, watch, zygote
        self._heard = time.monotonic()

    def outcome(self) -> Draft:
        """What the reader made of the paper, once it has ended as it should."""
        found: Draft | None = None
        try:
            while (said := self._next()) is not None and said.ended is None:
                found = said.draft or found
                self._obey(said)
        except TooMuch:
            raise too_much(self._name) from None
        except LineCut:
            said = None
        if said is None or said.ended is None:
            self._zygote.look_after()
            raise _ended_badly(self._name, Ended(-signal.SIGKILL))
        ended = said.ended
        if ended.code or ended.over_time:
            raise _ended_badly(self._name, ended)
        if found is None:
            raise ReaderFault("a reader ended without a word")
        return found

    def _next(self) -> ReaderSaid | None:
        frame = self._listener.frame()
        self._heard = time.monotonic()
        if frame is None:
            return None
        if b"\\u0000" in frame:
            raise ReaderFault("a reader says what no database keeps")
        try:
            return SAID.validate_json(frame)
        except ValidationError:
            raise ReaderFault("a reader says what no reader says") from None

    def _obey(self, said: ReaderSaid) -> None:
        self._watch.wanted()
        if said.fault is not None:
            raise ReaderFault(said.fault)
        if said.refused is not None:
            words = quoted(said.refused, _MOST_SIGNS)
            raise DocumentError(words) if said.of_document else Refusal(words)
        if said.progress is not None:
            message, share = said.progress
            self._watch.progress(quoted(message), min(max(share, 0.0), 1.0))

    def _idle(self) -> None:
        self._watch.wanted()
        if time.monotonic() - self._heard > self._watch.bounds.silent_seconds:
            raise too_slow(self._name)


def _knowledge(registry: Registry, calendar: WorkCalendar) -> bytes:
    return KNOWLEDGE.dump_json(Knowledge(registry.bodies, calendar.years, calendar.weekend))


def _sendable(name: str) -> str:
    """A file's name as JSON can say it: on a disk it may hold bytes of no Unicode."""
    return name.encode("utf-8", "replace").decode()


def _ask(line: socket, bounds: Bounds, told: bytes, order: Order, data: bytes) -> None:
    """Hand the paper over. A reader that is gone already is heard of when it is listened to."""
    line.settimeout(_SEND_SECONDS)
    try:
        for frame in (BOUNDS.dump_json(bounds), told, ORDER.dump_json(order), data):
            send_frame(line, frame)
    except (BrokenPipeError, ConnectionError, TimeoutError):
        return


def too_slow(name: str) -> DocumentError:
    """The refusal of a paper that takes too long."""
    return DocumentError(
        f"Tệp “{shown_file_name(name)}”: đọc quá lâu nên đã dừng, chưa có gì được lưu. "
        "Hãy tách thành nhiều tệp, hoặc dán phần chữ của văn bản."
    )


def too_much(name: str) -> DocumentError:
    """The refusal of a paper of which more is read than a draft can hold."""
    return DocumentError(
        f"Tệp “{shown_file_name(name)}”: nội dung quá lớn cho một dự thảo, chưa có gì được lưu. "
        "Hãy tách thành nhiều tệp rồi tải lên lại."
    )


def _ended_badly(name: str, ended: Ended) -> DocumentError:
    if ended.over_time or ended.code == -signal.SIGXCPU:
        return too_slow(name)
    return DocumentError(
        f"Tệp “{shown_file_name(name)}” làm chương trình đọc dừng đột ngột (tệp có thể bị hỏng, hoặc "
        "máy chủ thiếu bộ nhớ); chưa có gì được lưu. Hãy lưu lại tệp dạng .docx, hoặc dán phần chữ "
        "của văn bản."
    )
