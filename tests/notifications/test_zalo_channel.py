"""Zalo OA against the fake: what each answer, and each silence, means."""

import http.client
import json
import logging
import socket
import unicodedata
from collections.abc import Callable

import pytest

from config.settings import get_settings
from notifications.channels.registry import post
from notifications.channels.zalo_answers import MEANINGS
from notifications.parcel import Outcome, Parcel
from notifications.sandbox.zalo_fake import ZaloFake
from rules.vocabulary import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

SENT, AGAIN = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN
NEVER, UNKNOWN = OutcomeClass.NEVER, OutcomeClass.UNKNOWN
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


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-216, AGAIN),  # token
        (-124, AGAIN),
        (-32, AGAIN),  # rate
        (-200, AGAIN),
        (-211, AGAIN),  # quota
        (-234, AGAIN),  # night
        (-221, AGAIN),  # set-up
        (-230, NEVER),  # seven days
        (-213, NEVER),  # not a follower
        (-244, NEVER),
        (-201, NEVER),  # our payload
        (-210, NEVER),
        (-98765, NEVER),  # unknown
    ],
)
def test_each_code_has_its_class(zalo: ZaloFake, parcel: MakeParcel, code: int, kind: OutcomeClass) -> None:
    zalo.fail("u1", code, "what Zalo says\nabout it " + "x" * 500)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (kind, str(code))
    assert "what Zalo says about it" in outcome.text
    assert len(outcome.text) < 300
    assert zalo.messages == []


def test_no_code_is_listed_twice() -> None:
    from notifications.channels import zalo_answers

    assert len(MEANINGS) == sum(len(codes) for _, _, codes in zalo_answers._GROUPS)


def test_a_token_to_renew_says_so(zalo: ZaloFake, configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_access_token="cu-roi")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (AGAIN, "-216")
    assert "gia hạn" in outcome.text


def test_no_token_at_all(
    zalo: ZaloFake, configure: Configure, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DONDOC_ZALO_ACCESS_TOKEN")
    configure()
    assert (post(TO, parcel()).kind, zalo.connections) == (AGAIN, 0)


def test_success_without_a_message_id_is_not_success(zalo: ZaloFake, parcel: MakeParcel) -> None:
    zalo.omit_message_id("u1")
    assert post(TO, parcel()).kind is UNKNOWN


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, UNKNOWN), (502, UNKNOWN), (200, UNKNOWN), (429, AGAIN), (401, AGAIN), (404, AGAIN)],
)
def test_an_answer_without_envelope(
    zalo: ZaloFake, parcel: MakeParcel, status: int, kind: OutcomeClass
) -> None:
    zalo.fail_http("u1", status)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (kind, str(status))


def test_silence_is_not_asked_twice(zalo: ZaloFake, configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_timeout=0.2)
    zalo.hang("u1")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (UNKNOWN, "lost")
    assert len(zalo.messages) == 1


def test_nobody_listens(zalo: ZaloFake, parcel: MakeParcel) -> None:
    zalo.stop()
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (AGAIN, "connect")


def test_no_such_server(configure: Configure, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    configure(zalo_access_token=TOKEN, zalo_api="http://zalo.example")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert post(TO, parcel()).kind is AGAIN


def test_a_base_address_that_is_none(configure: Configure, parcel: MakeParcel) -> None:
    configure(zalo_access_token=TOKEN, zalo_api="zalo")
    assert post(TO, parcel()).kind is AGAIN


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
