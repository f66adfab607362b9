"""Documents being read behind the pages: one queue, fair, a few at once, forgotten after a while.

Recognising a scan takes minutes, and a request must not. A reader is a process of its own
(``flows/actions/reading/apart/reader.py``); here a thread waits for each that is at work. Nothing of this is
stored: what was being read when the server stopped has to be handed in again, and the pages say so.
"""

import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from copy import copy
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from threading import Event, Lock, Thread

from flows.actions.reading.apart.reader import ReaderFault
from rules.refusal import Refusal
from web.pages.reading.reading_turns import Asker, may_come_in, may_take_long, next_to_read, noted

MOST_AT_ONCE = 24  # being read, or waiting for it
MOST_BYTES = 150 * 1024 * 1024  # of their files, together
MOST_BYTES_EACH = 75 * 1024 * 1024  # of one asker's
MOST_BYTES_HERE = 100 * 1024 * 1024  # of one address's: one more file of anybody's finds room
MOST_KEPT = 20  # readings that have ended
MOST_KEPT_SIGNS = 10_000_000  # of the pasted texts of those that were refused
KEPT_SECONDS = 3600.0
_STOP_SECONDS = 0.5  # of the five within which everything ends

WAITS = ("Đang chờ đến lượt đọc", None)
READS = ("Đang đọc văn bản", None)
STOPS = ("Đang thôi đọc", None)

# The server's own log: a fault here is one that a request would have shown there.
_log = logging.getLogger("uvicorn.error")


class ReadingsFull(Refusal):
    """As much is being read as this process takes on; the message is Vietnamese."""


class ReadingStopped(Refusal):
    """The server stops before the document is read; the message is Vietnamese."""


class ReadingCancelled(Refusal):
    """Somebody did not want it any more; the message is Vietnamese."""


class ReaderBroke(Refusal):
    """An error that nobody meant; it is in the log, the message is Vietnamese and names the file."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody handed in: a file or a pasted text, and the day as typed."""

    name: str
    data: bytes
    pasted: str = ""
    day: str = ""
    asker: Asker = ("", "")

    @property
    def key(self) -> tuple[str, str, bytes]:
        """The same for whoever hands in the same file once more."""
        return self.name, self.day, sha256(self.data).digest()

    @property
    def digest(self) -> str:
        """By which the same bytes are known again, whatever their file is called."""
        return sha256(self.data).hexdigest()


@dataclass(slots=True, eq=False)
class Job:
    """One reading. ``step`` is replaced as a whole, so that a page never sees half of it."""

    key: tuple[str, str, bytes]
    size: int
    name: str
    pasted: str
    day: str
    asker: Asker
    slow: bool
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    step: tuple[str, float | None] = WAITS
    future: Future[int] = field(default_factory=Future)
    ended_at: float | None = None
    cancelled: bool = False

    def document_id(self, patience: float = 0.0) -> int | None:
        """The id of the stored draft; None if it is not read within ``patience`` seconds. Raises Refusal.

        Each time another one: what is raised collects the frames of whoever asked, and their forms.
        """
        try:
            refusal = self.future.exception(patience)
        except TimeoutError:
            return None
        if refusal is not None:
            raise copy(refusal)
        return self.future.result()


class Reporter:
    """What a reading reports to; ``wanted`` raises Refusal when nobody waits for it any more."""

    def __init__(self, job: Job, stopping: Event) -> None:
        self._job, self._stopping = job, stopping

    def __call__(self, message: str, share: float) -> None:
        self.wanted()
        self._job.step = (message, share)

    def wanted(self) -> None:
        """Raises ReadingStopped or ReadingCancelled."""
        if self._stopping.is_set():
            raise _stopped(self._job)
        if self._job.cancelled:
            raise _cancelled(self._job)


#: Reads and stores one document while it reports; returns the document's id.
Work = Callable[[Reporter], int]


class Readings:
    """The readings of this process. ``clock`` counts seconds from anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._stopping = Event()
        self._jobs: dict[str, Job] = {}  # by token, oldest first
        self._waiting: dict[str, Work] = {}  # by token, in the order of arrival
        self._served: dict[object, int] = {}

    def begin(self, handed: Handed, work: Work) -> Job:
        """Read in the background, when its turn comes. What is being read already is not begun again.

        Raises ReadingsFull.
        """
        with self._lock:
            self._forget()
            going = self._going()
            job = next((job for job in going if job.key == handed.key), None)
            if job is not None:
                return job
            self._admit(going, handed)
            slow = may_take_long(handed.name, handed.data)
            facts = (handed.name, handed.pasted, handed.day, handed.asker, slow)
            job = Job(handed.key, len(handed.data), *facts)
            self._jobs[job.token] = job
            self._waiting[job.token] = work
            self._begin_what_may()
        return job

    def find(self, token: str) -> Job | None:
        """The job, unless it is forgotten or was another process's."""
        with self._lock:
            self._forget()
            return self._jobs.get(token)

    def cancel(self, job: Job) -> None:
        """End it: at once where it waits for its turn, else as soon as its reading hears of it."""
        with self._lock:
            if job.ended_at is not None:
                return
            job.cancelled, job.step = True, STOPS
            if self._waiting.pop(job.token, None) is not None:
                self._end(job, _cancelled(job))

    def close(self) -> None:
        """Stop what is being read, and wait a moment for it."""
        self._stopping.set()
        with self._lock:
            for token in list(self._waiting):
                del self._waiting[token]
                self._end(self._jobs[token], _stopped(self._jobs[token]))
            going = [job.future for job in self._going()]
        wait(going, _STOP_SECONDS)

    def _going(self) -> list[Job]:
        return [job for job in self._jobs.values() if job.ended_at is None]

    def _begin_what_may(self) -> None:
        while not self._stopping.is_set():
            waiting = [self._jobs[token] for token in self._waiting]
            at_work = [job for job in self._going() if job.token not in self._waiting]
            job = next_to_read(waiting, at_work, self._served)
            if job is None:
                return
            noted(self._served, job.asker)
            job.step, work = READS, self._waiting.pop(job.token)
            # As a daemon, because a reading must not hold up the end of the process.
            Thread(target=self._run, args=(job, work), name="dondoc-reading", daemon=True).start()

    def _admit(self, going: list[Job], handed: Handed) -> None:
        own = [job for job in going if job.asker == handed.asker]
        here = [job for job in going if job.asker[0] == handed.asker[0]]
        full = (
            not may_come_in(handed.asker, going, MOST_AT_ONCE)
            or sum(job.size for job in going) + len(handed.data) > MOST_BYTES
            or (own and sum(job.size for job in own) + len(handed.data) > MOST_BYTES_EACH)
            or (here and sum(job.size for job in here) + len(handed.data) > MOST_BYTES_HERE)
        )
        if full and going:
            raise ReadingsFull(
                f"Máy chủ đang đọc {len(going)} văn bản khác nên chưa nhận thêm; chưa có gì được lưu. "
                "Hãy nạp lại sau vài phút."
            )

    def _run(self, job: Job, work: Work) -> None:
        outcome: int | Refusal
        try:
            outcome = work(Reporter(job, self._stopping))
        except Refusal as refusal:
            outcome = refusal
        except ReaderFault as fault:  # its own traceback says less than what the reader sent
            _log.error("Reading a document failed\n%s", fault)
            outcome = _broke(job.name)
        except BaseException:  # whatever it is, somebody waits for this thread's word
            _log.exception("Reading a document failed")
            outcome = _broke(job.name)
        with self._lock:
            self._end(job, outcome)
            self._begin_what_may()

    def _end(self, job: Job, outcome: int | Refusal) -> None:
        job.ended_at = self._clock()
        if isinstance(outcome, Refusal):
            job.future.set_exception(_bare(outcome))
        else:
            job.pasted = ""
            job.future.set_result(outcome)

    def _forget(self) -> None:
        """Drop what ended long ago, and the oldest of what is too much."""
        ended = {token: job.ended_at for token, job in self._jobs.items() if job.ended_at is not None}
        in_order = sorted(ended, key=lambda token: ended[token])
        old = [token for token in in_order if self._clock() - ended[token] > KEPT_SECONDS]
        sizes = accumulate(len(self._jobs[token].pasted) for token in reversed(in_order[:-1]))
        room = sum(size <= MOST_KEPT_SIGNS for size in sizes) + 1  # the latest stays, however long it is
        for token in {*old, *in_order[:-MOST_KEPT], *in_order[:-room]}:
            del self._jobs[token]


def _bare(refusal: Refusal) -> Refusal:
    """Without what it was raised from: each of those frames holds the file for as long as the job is kept."""
    refusal.__cause__ = refusal.__context__ = None
    return refusal.with_traceback(None)


def _stopped(job: Job) -> ReadingStopped:
    return ReadingStopped(f"Máy chủ dừng khi chưa đọc xong “{job.name}”: hãy nạp lại.")


def _cancelled(job: Job) -> ReadingCancelled:
    return ReadingCancelled(f"Đã thôi đọc “{job.name}” theo yêu cầu; chưa có gì được lưu.")


def _broke(name: str) -> ReaderBroke:
    return ReaderBroke(
        f"Hệ thống gặp lỗi khi đọc “{name}”; lỗi đã được ghi vào nhật ký của máy chủ, chưa có gì được lưu. "
        "Hãy thử lại, hoặc lưu tệp dạng .docx rồi nạp lại."
    )
