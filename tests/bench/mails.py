"""What our mail channel adds to plain smtplib: same letters, same server, one run."""

import asyncio
import os
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.handlers import Sink

from config.settings import get_settings
from notifications.channels.mail import smtp_pool
from notifications.channels.registry import post
from notifications.outbox.parcel import Letter, Parcel
from rules.letter_words import OutcomeClass
from tests.bench.rows import Row, against_floor

ROUNDS, LETTERS = 7, 60
LIMIT = 2.0
LINE = "Sở Tài chính báo cáo kết quả giải ngân vốn đầu tư công, hạn 30/11/2026, chưa có báo cáo. "
LETTER = Letter(
    subject="[Đôn đốc] 5 nhiệm vụ đến hạn trong tuần",
    text="\n".join([LINE] * 8),
    html="<table>" + f"<tr><td>{LINE}</td></tr>" * 12 + "</table>",
    short=LINE,
)


def mails() -> list[Row]:
    """Milliseconds per mail through ``post()``; the floor composes and sends by smtplib on one line."""
    ours: list[float] = []
    plain: list[float] = []
    with _server() as (host, port), smtplib.SMTP(host, port, "bench.example") as smtp:
        os.environ.update(DONDOC_SMTP_HOST=host, DONDOC_SMTP_PORT=str(port))
        get_settings.cache_clear()
        _by_channel(0)  # imports Apprise, opens the line
        for _ in range(ROUNDS):  # in turn, so that both meet the same weather
            plain.append(_per_letter(lambda number: _by_smtplib(smtp, number)))
            ours.append(_per_letter(_by_channel))
        smtp_pool.hang_up_all()
    return [against_floor("mails", median(ours), "ms", median(plain), LIMIT)]


@contextmanager
def _server() -> Iterator[tuple[str, int]]:
    """aiosmtpd doing as little as it can, in a process of its own: ours would share one lock with it."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_sink, args=(there,))
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _sink(pipe: Connection) -> None:
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(Sink(), "127.0.0.1", 0, loop=loop)
    controller.begin()
    assert isinstance(controller.server, asyncio.Server)
    pipe.send(controller.server.sockets[0].getsockname()[:2])
    loop.run_forever()


def _per_letter(send: Callable[[int], None]) -> float:
    start = perf_counter()
    for number in range(LETTERS):
        send(number)
    return (perf_counter() - start) * 1000 / LETTERS


def _by_channel(number: int) -> None:
    parcel = Parcel(LETTER, f"<ob-{number}@bench.example>", to_name="Sở Tài chính")
    outcome = post(f"smtpmail://so{number}@bench.example", parcel)
    assert outcome.kind is OutcomeClass.SENT, outcome


def _by_smtplib(smtp: smtplib.SMTP, number: int) -> None:
    message = EmailMessage()
    message["From"] = get_settings().smtp_from
    message["To"] = f"Sở Tài chính <so{number}@bench.example>"
    message["Subject"] = LETTER.subject
    message["Message-ID"] = f"<ob-{number}@bench.example>"
    message.set_content(LETTER.text)
    message.add_alternative(LETTER.html, subtype="html")
    smtp.send_message(message)
