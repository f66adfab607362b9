"""Documents being read behind the pages: a thread each, few at once, forgotten after a while.

Recognising a scan takes minutes, and a request must not. Nothing of this is stored: what was being read
when the server stopped has to be handed in again, and the pages say so.
"""

import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event, Lock, Thread

from flows.actions.formats.content import Progress
from rules.refusal import Refusal

MOST_AT_ONCE = 6
MOST_BYTES = 150 * 1024 * 1024  # of the files being read, together
MOST_KEPT = 20  # readings that have ended
KEPT_SECONDS = 3600.0
_STOP_SECONDS = 5.0

#: Reads and stores one document while it reports; returns the document's id.
Work = Callable[[Progress], int]

# The server's own log: a fault here is one that a request would have shown there.
_log = logging.getLogger("uvicorn.error")


class ReadingsFull(Refusal):
    """As much is being read as this process takes on; the message is Vietnamese."""


class ReadingStopped(Refusal):
    """The server stops before the document is read; the message is Vietnamese."""


class ReaderBroke(Refusal):
    """An error that nobody meant; it is in the log, the message is Vietnamese and names the file."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody handed in: a file or a pasted text, and the day as typed."""

    name: str
    data: bytes
    pasted: str = ""
    day: str = ""

    @property
    def key(self) -> tuple[str, str, bytes]:
        """The same for whoever hands in the same file once more."""
        return self.name, self.day, sha256(self.data).digest()


@dataclass(slots=True, eq=False)
class Job:
    """One reading. ``step`` is replaced as a whole, so that a page never sees half of it."""

    key: tuple[str, str, bytes]
    size: int
    name: str
    pasted: str
    day: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    step: tuple[str, float | None] = ("Đang đọc văn bản", None)
    future: Future[int] = field(default_factory=Future)
    ended_at: float | None = None

    def document_id(self, patience: float = 0.0) -> int | None:
        """The id of the stored draft; None if it is not read within ``patience`` seconds. Raises Refusal."""
        try:
            return self.future.result(patience)
        except TimeoutError:
            return None


class Readings:
    """The readings of this process. ``clock`` counts seconds from anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._stopping = Event()
        self._jobs: dict[str, Job] = {}  # by token, oldest first

    def begin(self, handed: Handed, work: Work) -> Job:
        """Read in the background. What is being read already is not begun again: its job is returned.

        Raises ReadingsFull.
        """
        with self._lock:
            self._forget()
            going = [job for job in self._jobs.values() if job.ended_at is None]
            job = next((job for job in going if job.key == handed.key), None)
            if job is not None:
                return job
            self._admit(going, handed)
            job = Job(handed.key, len(handed.data), handed.name, handed.pasted, handed.day)
            self._jobs[job.token] = job
        # As a daemon, because a page of OCR must not hold up the end of the process.
        Thread(target=self._run, args=(job, work), name="dondoc-reading", daemon=True).start()
        return job

    def find(self, token: str) -> Job | None:
        """The job, unless it is forgotten or was another process's."""
        with self._lock:
            self._forget()
            return self._jobs.get(token)

    def close(self) -> None:
        """Stop what is being read at its next report, and wait a moment for it."""
        self._stopping.set()
        with self._lock:
            going = [job.future for job in self._jobs.values() if job.ended_at is None]
        wait(going, _STOP_SECONDS)

    def _admit(self, going: list[Job], handed: Handed) -> None:
        full = len(going) >= MOST_AT_ONCE or sum(job.size for job in going) + len(handed.data) > MOST_BYTES
        if full and going:
            raise ReadingsFull(
                f"Máy chủ đang đọc {len(going)} văn bản khác nên chưa nhận thêm; chưa có gì được lưu. "
                "Hãy nạp lại sau vài phút."
            )

    def _run(self, job: Job, work: Work) -> None:
        try:
            document_id, error = work(self._reporter(job)), None
        except Refusal as refusal:
            document_id, error = 0, refusal
        except BaseException:  # whatever it is, somebody waits for this thread's word
            _log.exception("Reading a document failed")
            document_id, error = 0, _broke(job.name)
        with self._lock:
            job.ended_at = self._clock()
            job.pasted = job.pasted if error else ""
        if error is None:
            job.future.set_result(document_id)
        else:
            job.future.set_exception(error)

    def _reporter(self, job: Job) -> Progress:
        def report(message: str, share: float) -> None:
            if self._stopping.is_set():
                raise ReadingStopped(f"Máy chủ dừng khi chưa đọc xong “{job.name}”: hãy nạp lại.")
            job.step = (message, share)

        return report

    def _forget(self) -> None:
        """Drop what ended long ago, and the oldest of what is too much."""
        ended = {token: job.ended_at for token, job in self._jobs.items() if job.ended_at is not None}
        in_order = sorted(ended, key=lambda token: ended[token])
        old = [token for token in in_order if self._clock() - ended[token] > KEPT_SECONDS]
        for token in {*old, *in_order[:-MOST_KEPT]}:
            del self._jobs[token]


def _broke(name: str) -> ReaderBroke:
    return ReaderBroke(
        f"Hệ thống gặp lỗi khi đọc “{name}”; lỗi đã được ghi vào nhật ký của máy chủ, chưa có gì được lưu. "
        "Hãy thử lại, hoặc lưu tệp dạng .docx rồi nạp lại."
    )
