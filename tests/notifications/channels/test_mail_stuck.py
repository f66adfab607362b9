"""Servers that stall, drip, hang up or talk nonsense: what it means, and that no letter waits for ever."""

from collections.abc import Callable

import pytest

from notifications.channels.mail import smtp_patience
from notifications.channels.mail.smtp_patience import STEPS, Patience
from notifications.channels.registry import post
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from notifications.sandbox.smtp_script import Answer, Drip, Mishap, SmtpScript
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]
Send = Callable[..., Outcome]

SENT, AGAIN, NEVER = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN, OutcomeClass.NEVER
UNKNOWN = OutcomeClass.UNKNOWN
CHANNEL, SUSPECTED = Trouble.CHANNEL, Trouble.SUSPECTED
TO = "smtpmail://van.thu@stc.example"
TIMEOUT = 0.3  # seconds
BEFORE_RCPT = ("CONNECT", "EHLO", "MAIL")
#: Where a letter stands when the server stops playing: code, class, trouble.
STATIONS = [
    ("CONNECT", "connect", AGAIN, CHANNEL),
    ("EHLO", "connect", AGAIN, CHANNEL),
    ("MAIL", "lost-mail", AGAIN, CHANNEL),
    ("RCPT", "lost-rcpt", AGAIN, SUSPECTED),
    ("DATA", "lost-data", AGAIN, SUSPECTED),
    ("END", "lost", UNKNOWN, SUSPECTED),
]
DRIPS = [
    *((Drip("2"), station) for station in STATIONS[::3]),
    (Drip("2"), STATIONS[-1]),
    (Drip("250-more to come\r\n"), STATIONS[3]),
    (Drip("x" * 500), STATIONS[3]),
]


@pytest.fixture
def send(configure: Configure, parcel: MakeParcel) -> Send:
    """``send(server)``: one letter to it."""

    def one_letter(server: SmtpScript, to: str = TO, **settings: object) -> Outcome:
        configure(smtp_host=server.host, smtp_port=server.port, smtp_timeout=TIMEOUT, **settings)
        return post(to, parcel())

    return one_letter


def seen(outcome: Outcome) -> tuple[str, OutcomeClass, Trouble | None]:
    assert not outcome.dead_address
    return outcome.code, outcome.kind, outcome.trouble


@pytest.mark.parametrize("act", list(Mishap))
@pytest.mark.parametrize(("verb", "code", "kind", "trouble"), STATIONS)
def test_a_server_that_stops(
    send: Send, act: Mishap, verb: str, code: str, kind: OutcomeClass, trouble: Trouble
) -> None:
    with SmtpScript({verb: act}) as server:
        outcome = send(server)
    assert seen(outcome) == (code, kind, trouble)
    assert ("TimeoutError" in outcome.text) is (act is Mishap.SILENT)


@pytest.mark.parametrize(("drip", "station"), DRIPS)
def test_a_server_that_drips_holds_nobody(
    send: Send, drip: Drip, station: tuple[str, str, OutcomeClass, Trouble]
) -> None:
    verb, code, kind, trouble = station
    with SmtpScript({verb: drip}) as server:
        outcome = send(server)
    assert seen(outcome) == (code, kind, trouble)
    assert server.dripped <= 2 * STEPS * TIMEOUT / drip.pause + 2


def test_a_letters_time_is_one_for_all_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(smtp_patience, "monotonic", lambda: now)
    patience = Patience(20.0)
    assert patience.left() == 20.0
    now += 50.0
    assert patience.left() == 10.0
    assert patience.once_more().left() == 20.0  # the answer to the final dot
    now += 10.0
    with pytest.raises(TimeoutError):
        patience.left()


def test_after_slow_steps_the_final_answer_has_its_whole_time(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[Patience] = []
    once_more = Patience.once_more

    def watched(self: Patience) -> Patience:
        used.append(once_more(self))
        return used[-1]

    monkeypatch.setattr(Patience, "once_more", watched)
    with SmtpScript() as server:
        assert send(server).kind is SENT
    assert len(used) == 1


# A line that was used before


def test_a_used_line_that_is_silent_costs_one_time_out(send: Send) -> None:
    with SmtpScript() as server:
        send(server)
        server.answers["MAIL"] = Mishap.SILENT
        assert seen(send(server)) == ("lost-mail", AGAIN, CHANNEL)
        assert server.count["CONNECT"] == 1


@pytest.mark.parametrize("answer", [Mishap.CUT, "421 4.3.2 closing"])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_used_line_that_is_dead_is_replaced_once(send: Send, verb: str, answer: Answer) -> None:
    with SmtpScript() as server:
        send(server)
        server.answers[verb] = answer
        outcome = send(server)
        assert (outcome.kind, server.count["CONNECT"], server.letters) == (AGAIN, 2, 1)
        del server.answers[verb]
        assert send(server).kind is SENT


def test_a_server_that_falls_silent_after_a_refusal_is_found_out(send: Send) -> None:
    with SmtpScript({"RCPT": "550 5.1.1 unknown", "RSET": Mishap.SILENT}) as server:
        assert send(server).kind is NEVER
        assert server.count["RSET"] == 0
        assert seen(send(server)) == ("lost-mail", AGAIN, CHANNEL)
        assert server.count["CONNECT"] == 1


@pytest.mark.parametrize("answer", [Mishap.CUT, "502 5.5.1 what?", "421 4.3.2 closing"])
def test_a_line_that_cannot_be_wiped_is_replaced(send: Send, answer: Answer) -> None:
    with SmtpScript({"RCPT": "550 5.1.1 unknown", "RSET": answer}) as server:
        send(server)
        del server.answers["RCPT"]
        assert send(server).kind is SENT
        assert (server.count["RSET"], server.count["CONNECT"]) == (1, 2)


# Answers


@pytest.mark.parametrize("verb", [*BEFORE_RCPT, "HELO"])
@pytest.mark.parametrize("answer", ["421 4.3.2 busy", "554 5.7.1 you are on our block list", "nonsense"])
def test_what_is_said_before_rcpt_is_the_channels(send: Send, verb: str, answer: str) -> None:
    answers = {"EHLO": "502 what?", "HELO": answer} if verb in ("EHLO", "HELO") else {verb: answer}
    with SmtpScript(answers) as server:
        outcome = send(server)
    assert (outcome.kind, outcome.trouble, outcome.dead_address) == (AGAIN, CHANNEL, False)


def test_the_lines_of_one_answer_belong_together(send: Send) -> None:
    with SmtpScript(
        {"RCPT": "550-5.1.1 There is no such mailbox.\n550 5.1.1 https://mail.example/7"}
    ) as server:
        outcome = send(server)
    assert (outcome.kind, outcome.dead_address) == (NEVER, True)


def test_what_stops_the_channel_is_met_once_for_several_mailboxes(send: Send) -> None:
    with SmtpScript({"MAIL": "550 5.1.8 who are you?"}) as server:
        outcome = send(server, f"{TO}/lanh.dao@stc.example")
        assert (outcome.kind, outcome.trouble, server.count["MAIL"]) == (AGAIN, CHANNEL, 1)


@pytest.mark.parametrize(
    ("offered", "answer", "logins"),
    [
        ("PLAIN LOGIN", "535 5.7.8 credentials invalid", 1),
        ("CRAM-MD5 PLAIN LOGIN", "535 5.7.8 credentials invalid", 2),
        ("PLAIN LOGIN", "504 5.5.4 not this way", 2),
        ("PLAIN", "454 4.7.0 later", 1),
        ("GSSAPI", "", 0),
    ],
)
def test_a_refused_password_is_not_offered_again(send: Send, offered: str, answer: str, logins: int) -> None:
    with SmtpScript({"AUTH": answer}, features=(f"AUTH {offered}",)) as server:
        outcome = send(server, smtp_username="don-doc", smtp_password="cu")
    assert (outcome.kind, outcome.trouble) == (AGAIN, CHANNEL)
    assert server.count["AUTH"] == logins
    assert outcome.code == (answer[:3] or "unsupported")
