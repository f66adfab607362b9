"""The readings of one process: bounded in number, in bytes and in time."""

from threading import Event

import pytest

from flows.formats.content import DocumentError, Progress
from tests.web.reading.slow_reader import LONG
from web.pages.reading import readings
from web.pages.reading.readings import Handed, Job, Readings, ReadingsFull, ReadingStopped


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def handed(name: str, size: int = 1) -> Handed:
    return Handed(name, b"x" * size)


def done(room: Readings, name: str) -> str:
    job = room.begin(handed(name), lambda progress: 7)
    assert job.document_id(LONG) == 7
    return job.token


def test_what_has_ended_is_forgotten_after_an_hour() -> None:
    clock = Clock()
    room = Readings(clock)
    old = done(room, "a")
    clock.now = readings.KEPT_SECONDS
    fresh = done(room, "b")
    assert room.find(old) is not None
    clock.now += 1
    assert room.find(old) is None
    assert room.find(fresh) is not None


def test_only_the_latest_are_kept() -> None:
    room = Readings(Clock())
    tokens = [done(room, str(n)) for n in range(readings.MOST_KEPT + 3)]
    assert [room.find(token) is not None for token in tokens] == [False] * 3 + [True] * readings.MOST_KEPT


def test_what_is_being_read_is_never_forgotten_nor_its_place_given_away() -> None:
    clock, go = Clock(), Event()
    room = Readings(clock)
    slow = room.begin(handed("a"), lambda progress: int(go.wait(LONG)))
    clock.now = 10 * readings.KEPT_SECONDS
    assert room.find(slow.token) is slow
    go.set()
    assert slow.document_id(LONG) == 1


def test_the_bytes_of_all_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_BYTES", 10)
    go, room = Event(), Readings(Clock())  # the first is let in: the upload had its own limit
    alone = room.begin(handed("a", 11), lambda progress: int(go.wait(LONG)))
    with pytest.raises(ReadingsFull):
        room.begin(handed("b"), lambda progress: 1)
    go.set()
    assert alone.document_id(LONG) == 1
    assert done(room, "b")


def test_a_text_is_kept_only_with_what_was_wrong_with_it() -> None:
    room = Readings(Clock())

    def refuse(progress: Progress) -> int:
        raise DocumentError("không đọc được")

    bad = room.begin(Handed("a", b"x", "nội dung"), refuse)
    good = room.begin(Handed("b", b"x", "nội dung"), lambda progress: 1)
    with pytest.raises(DocumentError):
        bad.document_id(LONG)
    assert good.document_id(LONG) == 1
    assert (bad.pasted, good.pasted) == ("nội dung", "")


def test_a_file_that_was_refused_is_let_go() -> None:
    """Seen red: a kept refusal held the frames of the reading and of each page that told it, 50 MB a file."""

    class Paper(bytes):
        """Bytes that tell when nobody holds them any more."""

        def __del__(self) -> None:
            gone.set()

    room, gone = Readings(Clock()), Event()

    def hand_in() -> Job:
        paper = Paper(b"x")

        def refuse(progress: Progress) -> int:
            raise DocumentError(f"không đọc được {len(paper)} byte")

        job = room.begin(Handed("a", paper), refuse)
        for _ in range(2):
            with pytest.raises(DocumentError, match="không đọc được 1 byte"):
                job.document_id(LONG)
        return job

    job = hand_in()
    assert gone.wait(LONG)
    assert room.find(job.token) is job


def test_refused_texts_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_KEPT_SIGNS", 10)
    clock = Clock()
    room, jobs = Readings(clock), []
    for size in (4, 4, 6, 99, 3, 7):

        def refuse(progress: Progress) -> int:
            raise DocumentError("không đọc được")

        clock.now += 1
        jobs.append(room.begin(Handed("a", bytes(size), "x" * size), refuse))
        with pytest.raises(DocumentError):
            jobs[-1].document_id(LONG)
        assert room.find(jobs[-1].token) is jobs[-1], "however long it is"
    assert [room.find(job.token) is not None for job in jobs] == [False] * 4 + [True] * 2


def test_a_stop_is_heard_at_the_next_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_STOP_SECONDS", 0.01)
    room, begun, go = Readings(Clock()), Event(), Event()

    def read(progress: Progress) -> int:
        begun.set()
        assert go.wait(LONG)
        progress("trang 2", 0.5)
        raise AssertionError("it went on")

    job = room.begin(handed("quyết định.pdf"), read)
    assert begun.wait(LONG)
    room.close()
    go.set()
    with pytest.raises(ReadingStopped, match="“quyết định.pdf”: hãy nạp lại"):
        job.document_id(LONG)
