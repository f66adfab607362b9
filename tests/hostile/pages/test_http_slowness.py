"""Time and number of lines: nobody holds a line without using it, nobody takes them all.

The rules are tried with a time of their own, the lines on real sockets with limits of a moment: each test
waits for the end that has to come, none for how long that takes. Seen red: with uvicorn's own protocol (three
tests with a socket fail, seven wait for ever); ``overdue`` without its mark; ``_least`` without the crowd,
and without the order; without ``write_eof``, the bound on what is discarded, ``SO_LINGER`` and ``_gone``.
"""

import asyncio
import select
import socket
import struct
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest

from tests.hostile.pages.real_server import (
    CLOSE,
    HOST,
    PATIENCE,
    Serving,
    all_of,
    posted,
    request,
    running,
    status_of,
)
from tests.hostile.pages.real_server import pages as pages
from web.door.line_clock import LineClock, LineLimits, Waits
from web.door.room import LineDoor, crowd_of

LIMITS = LineLimits(seconds=30, rate=100)
GET = request(b"GET /viec", HOST, CLOSE)
LARGE = 30_000_000


@pytest.mark.parametrize(
    ("waits", "a_second", "ends"),
    [
        (Waits.IDLE, 0, 30), (Waits.HEAD, 1, 30), (Waits.HEAD, 10_000, 30), (Waits.BODY, 0, 30),
        (Waits.BODY, 0.1, 30), (Waits.BODY, 99, 30), (Waits.BODY, 100, None), (Waits.READER, 99, 30),
        (Waits.READER, 100, None), (Waits.WORK, 0, None),
    ],
)  # fmt: skip
def test_how_long_a_line_may_wait(waits: Waits, a_second: float, ends: int | None) -> None:
    """``a_second``: bytes that move; the line is looked at every second for an hour."""
    clock = LineClock(LIMITS, 0.0)
    clock.overdue(0.0, waits, 1, 0)
    overdue = (now for now in range(1, 3_600) if clock.overdue(now, waits, 1, int(now * a_second)))
    assert next(overdue, None) == ends


def test_a_burst_pays_for_no_later_silence() -> None:
    clock = LineClock(LIMITS, 0.0)
    clock.overdue(0.0, Waits.BODY, 1, 0)
    assert not clock.overdue(30.0, Waits.BODY, 1, 1_000_000)
    assert clock.overdue(60.0, Waits.BODY, 1, 1_000_001)


def test_each_request_of_a_line_has_its_own_time() -> None:
    clock = LineClock(LIMITS, 0.0)
    assert not any(clock.overdue(now, Waits.IDLE, now // 20, 0) for now in range(600))


@dataclass(eq=False)
class Guest:
    """A line, as the door sees it."""

    crowd: Hashable
    state: Waits
    since: float = 0.0
    out: bool = False

    @property
    def clock(self) -> LineClock:
        return LineClock(LIMITS, self.since)

    def waits(self) -> Waits:
        return self.state

    def look(self, now: float) -> None:
        raise AssertionError

    def put_out(self) -> None:
        self.out = True


def entered(guests: list[Guest], newcomer: Guest) -> tuple[bool, list[int]]:
    """Whether the newcomer finds a place where ``guests`` fill the house, and whom that puts out."""
    loop = asyncio.new_event_loop()
    door = LineDoor(LineLimits(lines=len(guests)), loop)
    assert all(door.enter(guest) for guest in guests)
    let_in = door.enter(newcomer)
    loop.close()
    return let_in, [place for place, guest in enumerate(guests) if guest.out]


def test_who_makes_room() -> None:
    work, body, head, idle = (Waits.WORK, Waits.BODY, Waits.HEAD, Waits.IDLE)
    one = [Guest("a", work), Guest("a", Waits.READER), Guest("a", body), Guest("a", head), Guest("a", idle)]
    for place in (4, 3, 2, 1):  # what waits for least goes first
        assert entered(one[: place + 1], Guest("a", idle)) == (True, [place])
        one[place].out = False
    assert entered(one[:1], Guest("a", idle)) == (False, [])
    aged = [Guest("a", head, 3), Guest("a", head, 1), Guest("a", head, 2)]
    assert entered(aged, Guest("a", idle, 9)) == (True, [1])


def test_the_largest_crowd_makes_room() -> None:
    crowd = [Guest("stranger", Waits.BODY, 5), Guest("stranger", Waits.BODY, 6)]
    office = [Guest("office", Waits.IDLE, 0)]
    assert entered(crowd + office, Guest("third", Waits.IDLE, 9)) == (True, [0])
    crowd[0].out = False
    assert entered(office + crowd, Guest("stranger", Waits.IDLE, 9)) == (True, [1])
    at_work = [Guest("stranger", Waits.WORK, 1), Guest("stranger", Waits.WORK, 2)]
    assert entered(at_work, Guest("office", Waits.IDLE)) == (True, [0])
    assert entered(at_work, Guest("stranger", Waits.IDLE)) == (False, [0])


def test_crowds() -> None:
    assert crowd_of("2001:db8::1") == crowd_of("2001:db8::ffff:2%eth0") != crowd_of("2001:db8:0:1::1")
    assert crowd_of("::ffff:10.0.0.7") == crowd_of("10.0.0.7") != crowd_of("10.0.0.8")
    assert crowd_of(None) is None


async def stub(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers at once, or with much, or only when its body is there."""
    if scope["type"] == "lifespan":
        return
    if scope["path"] == "/read":
        while (await receive()).get("more_body"):
            pass
    body = b"x" * (LARGE if scope["path"] == "/large" else 2)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def hasty() -> Iterator[Serving]:
    """A server whose lines have a moment."""
    limits = LineLimits(seconds=0.1, rate=1_000_000, look_every=0.02, discarded=100_000)
    with running(stub, limits, lifespan="off") as found:
        yield found
    assert found.log.said == []


@pytest.fixture(scope="module")
def narrow() -> Iterator[Serving]:
    """A server with room for three lines."""
    with running(stub, LineLimits(lines=3), lifespan="off") as found:
        yield found
    assert found.log.said == []


def test_a_line_that_says_nothing_is_ended(hasty: Serving) -> None:
    assert hasty.said() == b""


@pytest.mark.parametrize(
    "said",
    [
        b"G", b"GET /viec HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        request(b"POST /read", HOST, b"Content-Length: 5", body=b"ab"),
        request(b"POST /read", HOST, b"Transfer-Encoding: chunked", body=b"5\r\nab"),
        request(b"POST /read", HOST, b"Expect: 100-continue", b"Content-Length: 5")
    ],
)  # fmt: skip
def test_half_a_request_is_ended(hasty: Serving, said: bytes) -> None:
    answer = hasty.said(said).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert status_of(answer) == 408
    assert "quá chậm" in answer.decode()


@pytest.mark.parametrize(
    "began", [b"GET /viec HTTP/1.1\r\nX: ", posted("/read", "text/plain", b"a" * 10**6)[:300]]
)
def test_a_byte_now_and_then_keeps_no_line(hasty: Serving, began: bytes) -> None:
    with hasty.line() as line:
        line.sendall(began)
        line.settimeout(0.01)
        answer = b""
        while not answer:
            try:
                line.sendall(b"a")
                answer = line.recv(1_000)
            except TimeoutError:
                continue
            except ConnectionError:  # the byte crossed the end, and took the answer with it
                break
    assert status_of(answer) in (408, 0)


def test_a_second_request_that_does_not_end(hasty: Serving) -> None:
    said = hasty.said(request(b"GET /", HOST) + b"GET / HT")
    assert (status_of(said), said.count(b"HTTP/1.1 408 ")) == (200, 1)


def test_an_answer_that_nobody_fetches_is_ended(hasty: Serving) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", hasty.port))
        line.sendall(request(b"GET /large", HOST))
        poll = select.poll()
        poll.register(line, 0)  # broken or ended: told without reading
        assert poll.poll(PATIENCE * 1_000)
        line.settimeout(PATIENCE)
        assert len(all_of(line)) < LARGE


def test_a_body_that_nobody_reads_is_ended(hasty: Serving) -> None:
    """The answer is out; what comes after it is taken in for so long that a browser hears the answer."""
    with hasty.line() as line:
        line.sendall(request(b"POST /", HOST, b"Content-Length: 999999999"))
        with pytest.raises(ConnectionError):
            line.sendall(b"a" * 100_000_000)


def test_a_client_that_still_sends_hears_the_answer(narrow: Serving) -> None:
    """A line that is closed would be reset by the first byte that follows, and with it goes the answer."""
    with narrow.line() as line:
        line.sendall(request(b"POST /", HOST, b"Content-Length: 9000000"))
        assert status_of(all_of(line)) == 200
        for _ in range(9):
            line.sendall(b"a" * 1_000_000)


def test_pages_are_told_that_their_client_is_gone(pages: Serving) -> None:
    """A form that is broken off is no fault of ours: nothing in the log, and the next one is read."""
    whole = posted("/lich-hop", "application/x-www-form-urlencoded", b"a" * 500_000)
    for end in (len(whole) // 2, 300):
        for reset in (0, 1):
            with pages.line() as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", reset, 0))
                line.sendall(whole[:end])
    assert pages.status(whole) == 422


def test_the_oldest_idle_line_makes_room(narrow: Serving) -> None:
    lines = [narrow.line() for _ in range(4)]
    assert all_of(lines[0]) == b""
    for line in lines[1:]:
        line.sendall(GET)
        assert status_of(all_of(line)) == 200


def test_a_stranger_pushes_out_his_own_lines(narrow: Serving) -> None:
    ours = narrow.line()
    theirs = [narrow.line("127.0.0.2") for _ in range(20)]
    assert [all_of(line) for line in theirs[:18]] == [b""] * 18
    ours.sendall(GET)
    assert status_of(all_of(ours)) == 200
    for line in theirs:
        line.close()


def test_a_full_house_says_so() -> None:
    begun, go = Event(), Event()

    async def waiting(scope: dict[str, Any], receive: Any, send: Any) -> None:
        begun.set()
        await asyncio.to_thread(go.wait, PATIENCE)
        await stub(scope, receive, send)

    with running(waiting, LineLimits(lines=1), lifespan="off") as found, found.line() as first:
        first.sendall(GET)
        assert begun.wait(PATIENCE)
        with found.line() as second:
            assert status_of(all_of(second)) == 429
        go.set()
        assert status_of(all_of(first)) == 200
    assert found.log.said == []


def test_half_requests_do_not_hold_up_the_end() -> None:
    with running(stub, lifespan="off") as found:
        lines = [found.line() for _ in range(3)]
        lines[1].sendall(b"GET / HT")
        lines[2].sendall(request(b"POST /read", HOST, b"Content-Length: 5", body=b"ab"))
        assert found.status(GET) == 200
    assert [status_of(all_of(line)) for line in lines] == [0, 0, 0]
    assert found.log.said == []
