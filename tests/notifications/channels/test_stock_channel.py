"""Apprise's own plugins: a coarse outcome, one message, no blind retry, nothing in the log."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager

from notifications.channels.registry import post
from notifications.outbox.parcel import Parcel, Trouble
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]


class Webhook(ThreadingHTTPServer):
    """Answers ``status`` and keeps what came."""

    def __init__(self) -> None:
        self.status, self.calls = 200, []
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        self.server.calls.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture(autouse=True)
def _allowed(configure: Callable[..., None]) -> None:
    """What this office lets out: the plugins tried here, and the webhook on this machine."""
    configure(address_schemas="json, tgram, dondoctestodd", address_inside="127.0.0.1")


@pytest.fixture
def webhook(configure: Callable[..., None]) -> Iterator[Webhook]:
    with Webhook() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_true_is_sent(webhook: Webhook, parcel: MakeParcel) -> None:
    outcome = post(f"json://127.0.0.1:{webhook.server_port}/khoa", parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.SENT, "apprise")
    [call] = webhook.calls
    assert call["title"] == parcel().letter.subject
    assert call["message"] == parcel().letter.text.strip()


@pytest.mark.parametrize("query", ["", "?retry=3", "?optional=yes", "?retry=2&optional=yes&overflow=split"])
def test_false_is_unknown_and_never_repeated(webhook: Webhook, parcel: MakeParcel, query: str) -> None:
    webhook.status = 500
    outcome = post(f"json://127.0.0.1:{webhook.server_port}/khoa{query}", parcel())
    assert (outcome.kind, outcome.trouble) == (OutcomeClass.UNKNOWN, Trouble.SUSPECTED)
    assert len(webhook.calls) == 1


def test_no_waiting_between_letters(
    webhook: Webhook, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(seconds: float) -> None:
        raise AssertionError(f"waited {seconds} s")

    monkeypatch.setattr("apprise.url.time.sleep", sleep)
    for _ in range(3):
        assert post(f"json://127.0.0.1:{webhook.server_port}/", parcel()).kind is OutcomeClass.SENT


def test_an_address_that_makes_no_plugin_is_never(parcel: MakeParcel) -> None:
    outcome = post("tgram://khong-phai-ma", parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.NEVER, "address")
    assert (outcome.dead_address, outcome.trouble) == (True, None)


class Odd(NotifyBase):
    """A stock-like plugin with a short text, that may break."""

    service_name = "Odd"
    secure_protocol = "dondoctestodd"
    title_maxlen = 0
    body_maxlen = 60
    sent: list[str] = []
    breaks = False

    def send(self, body: str, title: str = "", **kwargs: Any) -> bool:
        if type(self).breaks:
            raise LookupError("bí mật 4711")
        self.sent.append(body)
        return True

    def url(self, *args: Any, **kwargs: Any) -> str:
        return "dondoctestodd://x"


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Odd]]:
    NotificationManager().add(Odd)
    monkeypatch.setattr(Odd, "sent", [])
    yield Odd
    NotificationManager().remove("dondoctestodd")


def test_a_short_channel_gets_one_cut_message_with_its_link(odd: type[Odd], parcel: MakeParcel) -> None:
    assert post("dondoctestodd://x", parcel(subject="Đôn đốc")).kind is OutcomeClass.SENT
    [body] = odd.sent
    assert len(body) <= 60
    assert body.startswith("Đôn đốc\r\n")
    assert body.endswith("\nhttps://dondoc.example/t/abc")


def test_what_grows_in_conversion_is_still_one_message(odd: type[Odd], parcel: MakeParcel) -> None:
    text = "A & B " * 30
    assert post("dondoctestodd://x?overflow=split&format=html", parcel(text=text, short=text)).kind
    assert len(odd.sent) == 1
    assert len(odd.sent[0]) <= 60


def test_a_plugin_that_breaks_is_unknown_and_shows_its_type_only(
    odd: type[Odd], parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(odd, "breaks", True)
    with caplog.at_level(logging.DEBUG):
        outcome = post("dondoctestodd://x", parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.UNKNOWN, "exception")
    assert outcome.trouble is Trouble.SUSPECTED
    assert "LookupError" in outcome.text
    assert "4711" not in outcome.text + caplog.text


def test_apprise_writes_nothing_of_ours_into_the_log(
    webhook: Webhook, parcel: MakeParcel, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.status = 500
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="apprise"):
        post(f"json://ai:mat-khau-9@127.0.0.1:{webhook.server_port}/khoa-7", parcel())
        post("tgram://ma-bi-mat-123", parcel())
    for secret in ("mat-khau-9", "ma-bi-mat-123", "khẩn trương"):
        assert secret not in caplog.text
