"""Zalo OA against the fake: what each answer, and each silence, means."""

import http.client
import json
import logging
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from config.settings import get_settings
from notifications.channels.registry import post
from notifications.channels.zalo.zalo_answers import MEANINGS, ZaloVerdict
from notifications.channels.zalo.zalo_oa import _read
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake
from rules.letter_words import OutcomeClass
from tests.notifications.channels.certificates import made, server_side

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

SENT, AGAIN = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN
NEVER, UNKNOWN = OutcomeClass.NEVER, OutcomeClass.UNKNOWN
CHANNEL, SUSPECTED = Trouble.CHANNEL, Trouble.SUSPECTED
TO = "zalooa://579745863508352884/u1"
TOKEN = "ma-truy-cap-bi-mat-8f3a"


def test_a_message_arrives(zalo: ZaloFake, parcel: MakeParcel) -> None:
    outcome = post(TO, parcel())
    [message] = zalo.messages
    assert outcome == Outcome(SENT, "0", "Success", message.message_id)
    assert (message.user_id, message.text) == ("u1", parcel().letter.short)


def test_many_messages_one_connection(zalo: ZaloFake, parcel: MakeParcel) -> None:
    assert [post(TO, parcel()).kind for _ in range(5)] == [SENT] * 5
    assert zalo.connections == 1


def test_text_is_composed_before_it_is_measured(zalo: ZaloFake, parcel: MakeParcel) -> None:
    text = unicodedata.normalize("NFD", "ế" * 2000)
    assert post(TO, parcel(short=text)).kind is SENT
    assert zalo.messages[0].text == "ế" * 2000


@pytest.mark.parametrize("length", [2001, 4500])
def test_a_long_text_is_cut_at_a_word_and_keeps_its_link(
    zalo: ZaloFake, parcel: MakeParcel, length: int
) -> None:
    link = "https://dondoc.example/t/abc"
    text = ("nhiệm vụ " * 600)[: length - len(link) - 1].rstrip() + "x" * 3 + f"\n{link}"
    assert post(TO, parcel(short=text)).kind is SENT
    body, _, last = zalo.messages[0].text.rpartition("\n")
    assert last == link
    assert len(zalo.messages[0].text) <= 2000
    assert body.endswith(("nhiệm…", "vụ…"))


def test_the_fake_rejects_what_the_channel_would_cut(zalo: ZaloFake) -> None:
    for length, error in ((2000, 0), (2001, -210)):
        line = http.client.HTTPConnection(zalo.host, zalo.port)
        call = {"recipient": {"user_id": "u1"}, "message": {"text": "x" * length}}
        line.request("POST", "/v3.0/oa/message/cs", json.dumps(call), {"access_token": TOKEN})
        assert json.loads(line.getresponse().read())["error"] == error
        line.close()


#: What a code says of the letter, the address and the channel.
CODES = [
    *((code, AGAIN, False, CHANNEL) for code in (-216, -220, -124, -401, 401)),  # token
    (-32, AGAIN, False, CHANNEL),  # rate
    *((code, AGAIN, False, CHANNEL) for code in (-211, -144, -147, -1471)),  # the account's quota
    *((code, AGAIN, False, CHANNEL) for code in (-133, -234)),  # night
    *((code, AGAIN, False, CHANNEL) for code in (-209, -219, -221, -224, -320, -403)),  # set-up
    (-200, AGAIN, False, SUSPECTED),
    *((code, AGAIN, False, None) for code in (-218, -311)),  # this person's quota
    *((code, NEVER, False, None) for code in (-230, -232, -305)),  # window of 48 hours, seven days
    (-227, NEVER, False, None),  # banned, or away for 45 days
    *((code, NEVER, True, None) for code in (-213, -217, -244)),  # follows no more, blocked us, refuses
    *((code, NEVER, False, None) for code in (-201, -210, -233, -248)),  # our payload
    (-98765, AGAIN, False, SUSPECTED),  # nobody knows
]


@pytest.mark.parametrize(("code", "kind", "dead", "trouble"), CODES)
def test_each_code_has_its_class(
    zalo: ZaloFake, parcel: MakeParcel, code: int, kind: OutcomeClass, dead: bool, trouble: Trouble | None
) -> None:
    zalo.fail("u1", code, "what Zalo says\nabout it " + "x" * 500)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (kind, str(code))
    assert (outcome.dead_address, outcome.trouble) == (dead, trouble)
    assert "what Zalo says about it" in outcome.text
    assert len(outcome.text) < 300
    assert zalo.messages == []


@pytest.mark.parametrize("verdict", [verdict for verdict, _ in MEANINGS.values()])
def test_an_address_is_dead_or_the_channel_is_in_trouble_but_not_both(verdict: ZaloVerdict) -> None:
    assert not (verdict.dead_address and verdict.trouble)
    assert not verdict.dead_address or verdict.kind is NEVER
    assert verdict.trouble is None or verdict.kind is AGAIN


def test_no_code_is_listed_twice() -> None:
    from notifications.channels.zalo import zalo_answers

    assert len(MEANINGS) == sum(len(codes) for _, _, codes in zalo_answers._GROUPS)


def test_a_token_to_renew_says_so(zalo: ZaloFake, configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_access_token="cu-roi")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "-216", CHANNEL)
    assert "gia hạn" in outcome.text


def test_no_token_at_all(
    zalo: ZaloFake, configure: Configure, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in (None, "", "  "):
        if value is None:
            monkeypatch.delenv("DONDOC_ZALO_ACCESS_TOKEN")
        else:
            monkeypatch.setenv("DONDOC_ZALO_ACCESS_TOKEN", value)
        configure()
        outcome = post(TO, parcel())
        assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "config", CHANNEL)
        assert "DONDOC_ZALO_ACCESS_TOKEN" in outcome.text
    assert zalo.connections == 0


def test_success_without_a_message_id_is_not_success(zalo: ZaloFake, parcel: MakeParcel) -> None:
    zalo.omit_message_id("u1")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.trouble) == (UNKNOWN, SUSPECTED)


@pytest.mark.parametrize(
    ("status", "kind", "trouble"),
    [
        *((status, UNKNOWN, SUSPECTED) for status in (500, 502, 503, 200, 204)),
        *((status, AGAIN, CHANNEL) for status in (301, 401, 403, 404, 407, 408, 429)),
        *((status, AGAIN, SUSPECTED) for status in (400, 413, 422)),
    ],
)
def test_an_answer_without_envelope(
    zalo: ZaloFake, parcel: MakeParcel, status: int, kind: OutcomeClass, trouble: Trouble
) -> None:
    zalo.fail_http("u1", status)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (kind, str(status), trouble)


@pytest.mark.parametrize(
    ("status", "code", "said", "trouble"),
    [
        (403, -98765, "403", CHANNEL),  # a status that refuses says more than a code nobody knows
        (429, -98765, "429", CHANNEL),
        (401, -216, "-216", CHANNEL),
        (400, -213, "-213", None),
    ],
)
def test_a_known_code_counts_before_the_status(status: int, code: int, said: str, trouble: Trouble) -> None:
    outcome = _read(httpx2.Response(status, json={"error": code, "message": "x"}), TOKEN)
    assert (outcome.code, outcome.trouble) == (said, trouble)


def test_silence_is_not_asked_twice(zalo: ZaloFake, configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_timeout=0.2)
    zalo.hang("u1")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (UNKNOWN, "lost", SUSPECTED)
    assert len(zalo.messages) == 1


def test_nobody_listens(zalo: ZaloFake, parcel: MakeParcel) -> None:
    zalo.stop()
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "connect", CHANNEL)


def test_no_such_server(configure: Configure, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    configure(zalo_access_token=TOKEN, zalo_api="http://zalo.example")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.trouble) == (AGAIN, CHANNEL)


def test_a_certificate_that_nobody_vouches_for(
    configure: Configure, parcel: MakeParcel, tmp_path: Path
) -> None:
    with SmtpSink(tls=server_side(made(tmp_path / "own.pem")), implicit_tls=True) as sink:
        configure(zalo_access_token=TOKEN, zalo_api=f"https://{sink.host}:{sink.port}")
        outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "connect", CHANNEL)


@pytest.mark.parametrize(
    ("name", "value"), [("HTTP_PROXY", "nonsense://proxy"), ("SSL_CERT_FILE", "/nowhere/bundle.pem")]
)
def test_a_way_out_that_cannot_be_opened(
    zalo: ZaloFake, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "connect", CHANNEL)
    assert zalo.messages == []


def test_a_base_address_that_is_none(configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_access_token=TOKEN, zalo_api="zalo")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (AGAIN, "config", CHANNEL)
    assert TOKEN not in repr(outcome)


def test_the_token_shows_nowhere(
    zalo: ZaloFake, parcel: MakeParcel, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.fail("u1", -201, f"bad call with {TOKEN}")  # a provider may echo anything
    with caplog.at_level(logging.DEBUG):
        outcome = post(TO, parcel())
    for place in (repr(outcome), repr(get_settings()), caplog.text):
        assert TOKEN not in place
        assert "khẩn trương" not in place
        assert "u1" not in place.replace("test_the", "")


@pytest.mark.parametrize("double", ["zalo"])
def test_a_stand_in_refuses_to_start_twice(request: pytest.FixtureRequest, double: str) -> None:
    with pytest.raises(RuntimeError):
        request.getfixturevalue(double).start()
