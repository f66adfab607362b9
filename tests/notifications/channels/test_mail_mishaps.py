"""Mail by SMTP against a real server that refuses, hangs up or is away: what each mishap means."""

import smtplib
import socket
import threading
from collections.abc import Callable
from email.utils import parseaddr

import pytest

from notifications.channels.registry import post
from notifications.outbox.parcel import Parcel, Trouble
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

SENT, AGAIN = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN
NEVER, UNKNOWN = OutcomeClass.NEVER, OutcomeClass.UNKNOWN
TO = "smtpmail://van.thu@stc.example"


def test_nobody_listens(sink: SmtpSink, parcel: MakeParcel) -> None:
    sink.stop()
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "connect", Trouble.CHANNEL)


def test_no_such_server(sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.trouble) == (AGAIN, Trouble.CHANNEL)


def test_the_server_greets_with_a_refusal(configure: Configure, parcel: MakeParcel) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        configure(smtp_port=server.getsockname()[1])

        def turn_away() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"554 5.3.2 too many connections\r\n")
                line.recv(100)

        thread = threading.Thread(target=turn_away)
        thread.start()
        outcome = post(TO, parcel())
        thread.join()
    assert (outcome.kind, outcome.code) == (AGAIN, "554")


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        (450, "4.2.1 mailbox busy", AGAIN),
        (550, "5.1.1 User unknown", NEVER),
        (550, "5.4.4 Unable to route", AGAIN),
        (554, "5.7.1 Relay access denied", AGAIN),
        (530, "5.7.0 Authentication required", AGAIN),
    ],
)
def test_a_refused_recipient(
    sink: SmtpSink, parcel: MakeParcel, code: int, text: str, kind: OutcomeClass
) -> None:
    sink.refuse("van.thu@stc.example", code, text)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (kind, str(code))
    assert text in outcome.text
    assert ("cấu hình" in outcome.text) is (code in (554, 530))
    assert sink.messages == []


@pytest.mark.parametrize(
    ("code", "kind", "ours"), [(451, AGAIN, False), (550, AGAIN, True), (552, NEVER, False)]
)
def test_a_refused_sender_is_not_the_recipients_fault(
    sink: SmtpSink, parcel: MakeParcel, code: int, kind: OutcomeClass, ours: bool
) -> None:
    sink.refuse_senders(code, "x")
    outcome = post(TO, parcel())
    assert (outcome.kind, "cấu hình" in outcome.text) == (kind, ours)


@pytest.mark.parametrize(
    ("code", "text", "kind", "dead"),
    [
        (452, "no", AGAIN, False),
        (554, "no", AGAIN, False),
        (554, "5.6.0 no", NEVER, False),
        (550, "5.1.1 no such user after all", NEVER, True),
    ],
)
def test_a_refused_content(
    sink: SmtpSink, parcel: MakeParcel, code: int, text: str, kind: OutcomeClass, dead: bool
) -> None:
    sink.refuse_content(code, text)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.dead_address) == (kind, str(code), dead)


@pytest.mark.parametrize("letters_before", [0, 1])
def test_dropped_after_the_content_nobody_knows(
    sink: SmtpSink, parcel: MakeParcel, letters_before: int
) -> None:
    for _ in range(letters_before):
        post(TO, parcel())
    sink.drop_after_content()
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (UNKNOWN, "lost")
    assert len(sink.messages) == letters_before + 1  # and not sent a second time


def test_silence_after_the_content_nobody_knows(
    sink: SmtpSink, parcel: MakeParcel, configure: Configure
) -> None:
    configure(smtp_timeout=0.2)
    sink.stay_silent_after_content()
    assert post(TO, parcel()).kind is UNKNOWN
    assert len(sink.messages) == 1


@pytest.mark.parametrize("letters_before", [0, 1])
def test_cut_off_within_the_content_nothing_was_taken(
    sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, letters_before: int
) -> None:
    for _ in range(letters_before):
        post(TO, parcel())
    send = smtplib.SMTP.send

    def break_off(self: smtplib.SMTP, data: bytes | str) -> None:
        if isinstance(data, bytes) and data.startswith(b"From:"):
            send(self, data[:100])
            raise smtplib.SMTPServerDisconnected("cut")
        send(self, data)

    monkeypatch.setattr(smtplib.SMTP, "send", break_off)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (AGAIN, "lost-data")
    assert len(sink.messages) == letters_before


@pytest.mark.parametrize("sender", ["", "Văn phòng", "a@b@c <>"])
def test_a_sender_that_is_no_address(
    sink: SmtpSink, parcel: MakeParcel, configure: Configure, sender: str
) -> None:
    """The start refuses it already; should it come this far, nothing leaves and the channel stops."""
    assert parseaddr(sender)[1] != "don-doc@dondoc.example"
    configure(smtp_from=sender)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "config", Trouble.CHANNEL)
    assert "cấu hình" in outcome.text
    assert "DONDOC_SMTP_FROM" in outcome.text


def test_a_letter_that_cannot_be_put_into_bytes_is_its_own_trouble(
    sink: SmtpSink, parcel: MakeParcel
) -> None:
    outcome = post(TO, parcel(message_id="<số-1@dondoc.example>"))
    assert (outcome.kind, outcome.code, outcome.trouble) == (NEVER, "compose", None)
    assert not outcome.dead_address
