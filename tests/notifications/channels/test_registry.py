"""The one door: registration, odd addresses, round trips, masks, and use without our outbox."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from apprise import Apprise
from apprise.manager_plugins import NotificationManager

from notifications.channels import registry
from notifications.channels.frame import addresses
from notifications.channels.frame.base import OfficeChannel, combined
from notifications.channels.frame.wording import fit
from notifications.channels.mail.mail import SmtpMail
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]

SENT, AGAIN = OutcomeClass.SENT, OutcomeClass.TRY_AGAIN
NEVER, UNKNOWN, SAVED = OutcomeClass.NEVER, OutcomeClass.UNKNOWN, OutcomeClass.SAVED
CHANNEL, SUSPECTED = Trouble.CHANNEL, Trouble.SUSPECTED


@pytest.fixture(autouse=True)
def _registered() -> None:
    registry.register_channels()


def made(url: str) -> OfficeChannel:
    channel = Apprise.instantiate(url)
    assert isinstance(channel, OfficeChannel)
    return channel


def test_registering_twice_is_registering_once() -> None:
    registry.register_channels()
    assert NotificationManager()["smtpmail"] is SmtpMail
    assert "zalooa" in str(Apprise().details())


def test_a_schema_taken_by_another_is_an_error() -> None:
    class Impostor(SmtpMail):
        pass

    manager = NotificationManager()
    manager.remove("smtpmail")
    manager.add(Impostor)
    try:
        with pytest.raises(RuntimeError, match="smtpmail"):
            registry.register_channels()
    finally:
        manager.remove("smtpmail")
        registry.register_channels()


ADDRESSES = [
    "smtpmail://van.thu@stc.example",
    "smtpmail://nhac%2B0af3@stc.example?name=Nguy%E1%BB%85n%20V%C4%83n%20A%2C%20S%E1%BB%9F%20T%C3%A0i%20ch%C3%ADnh",
    "smtpmail://a@b.example/c%40d.example/e%27f%40g.example",
    "emlfolder://van.thu@stc.example?name=V%C4%83n%20th%C6%B0",
    "zalooa://579745863508352884/2512523625412515",
    "zalooa://579745863508352884/u1/u2",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_comes_back_the_same(url: str) -> None:
    channel = made(url)
    assert channel.url() == url
    again = made(channel.url())
    assert (again.targets, again.url()) == (channel.targets, url)


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_two_ways_to_mask_agree(url: str) -> None:
    assert made(url).url(privacy=True) == addresses.mask(url)


def test_addresses_are_built() -> None:
    name = "Nguyễn Văn A, Sở Tài chính"
    assert addresses.mail_url("nhac+0af3@stc.example", name) == ADDRESSES[1]
    assert addresses.folder_url(" van.thu@stc.example ", "Văn thư") == ADDRESSES[3]
    assert addresses.zalo_url("579745863508352884", "2512523625412515") == ADDRESSES[4]
    assert made(ADDRESSES[1]).targets == ["nhac+0af3@stc.example"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "schema"),
        ("van.thu@stc.example", "schema"),
        ("bocau://van.thu@stc.example", "schema"),
        ("smtpmail://stc.example", "address"),
        ("smtpmail://@stc.example", "address"),
        ("smtpmail://văn.thư@stc.example", "address"),
        ("smtpmail://a%0AB@stc.example", "address"),
        ("smtpmail://a@stc..example", "address"),
        ("smtpmail://a%2Fb@stc.example", "address"),
        ("smtpmail://a:mat-khau-77@stc.example", "address"),
        ("smtpmail://a@stc.example:25", "address"),
        ("smtpmail://[a@stc.example", "address"),
        ("zalooa://579745863508352884", "address"),
        ("zalooa://ma-bi-mat@579745863508352884/u1", "address"),
        ("zalooa://579745863508352884/a%20b", "address"),
    ],
)
def test_an_address_that_is_none(
    url: str, code: str, parcel: MakeParcel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        outcome = registry.post(url, parcel())
    assert (outcome.kind, outcome.code) == (NEVER, code)
    for secret in ("mat-khau-77", "ma-bi-mat"):
        assert secret not in outcome.text + caplog.text


@pytest.mark.parametrize(
    ("url", "shown", "channel", "label"),
    [
        ("smtpmail://van.thu@stc.example", "smtpmail://v...u@stc.example", "mail", "Thư điện tử"),
        ("emlfolder://vt@stc.example?name=Ai", "emlfolder://...@stc.example", "folder", "Thư mục"),
        ("zalooa://5797/2512523625", "zalooa://5797/2...5", "zalo", "Zalo"),
        ("tgram://bi-mat/123", "tgram://...", "tgram", "Telegram"),
        ("MAILTO://a:b@c", "mailto://...", "mailto", "Thư điện tử (Apprise)"),
        ("json://x/khoa-bi-mat", "json://...", "json", "Webhook"),
        ("la://x", "la://...", "la", "Kênh la"),
        ("không có gì", "...", "", "Không rõ kênh"),
    ],
)
def test_names_and_masks(url: str, shown: str, channel: str, label: str) -> None:
    assert registry.mask(url) == shown
    assert registry.channel_of(url) == channel
    assert registry.channel_label(channel) == label


def test_an_exception_in_a_channel_is_unknown_and_shows_its_type_only(
    sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: SmtpMail, target: str, parcel: Parcel) -> Outcome:
        raise ZeroDivisionError("bí mật 4711")

    monkeypatch.setattr(SmtpMail, "deliver", broken)
    with caplog.at_level(logging.DEBUG):
        outcome = registry.post("smtpmail://a@b.example", parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (UNKNOWN, "exception", SUSPECTED)
    assert "ZeroDivisionError" in outcome.text
    assert "4711" not in outcome.text + caplog.text


def test_what_the_url_asks_for_changes_nothing(
    sink: SmtpSink, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[str] = []
    deliver = SmtpMail.deliver

    def counted(self: SmtpMail, target: str, parcel: Parcel) -> Outcome:
        attempts.append(target)
        return deliver(self, target, parcel)

    monkeypatch.setattr(SmtpMail, "deliver", counted)
    url = "smtpmail://a@b.example?retry=3&wait=0&optional=yes&overflow=split&format=html"
    sink.refuse_content(451, "later")
    assert registry.post(url, parcel()).kind is AGAIN
    assert made(url).notify(body="x") is False
    assert attempts == ["a@b.example"] * 2
    sink.behave()
    long = "dài " * 300_000  # more than body_maxlen
    assert registry.post(url, parcel(text="x", short=long)).kind is SENT
    assert len(sink.messages) == 1


def test_an_empty_short_text_still_goes(sink: SmtpSink, parcel: MakeParcel) -> None:
    assert registry.post("smtpmail://a@b.example", parcel(short="")).kind is SENT


def test_an_operators_script_may_use_the_same_address(sink: SmtpSink, zalo: ZaloFake) -> None:
    sender = Apprise()
    assert sender.add("smtpmail://a@b.example")
    assert sender.add("zalooa://1/u1")
    assert sender.notify(title="Thử kênh", body="Dòng <một>\n" + "dài " * 700 + "\nhttps://dondoc.example")
    message = sink.messages[0].message
    text, html = message.iter_parts()
    assert message["Subject"] == "Thử kênh"
    assert "Dòng <một>" in text.get_content()
    assert "Dòng &lt;một&gt;<br>" in html.get_content()
    assert message["Message-ID"].endswith("@dondoc.example>")
    [note] = zalo.messages
    assert note.text.startswith("Thử kênh\nDòng")
    assert note.text.endswith("…\nhttps://dondoc.example")


def test_each_target_has_its_outcome(sink: SmtpSink, parcel: MakeParcel) -> None:
    sink.refuse("di@b.example")
    channel = made("smtpmail://a@b.example/di@b.example")
    channel.parcel = parcel()
    assert channel.notify(body="x") is False
    assert {who: outcome.kind for who, outcome in channel.outcomes.items()} == {
        "a@b.example": SENT,
        "di@b.example": NEVER,
    }


@pytest.mark.parametrize(
    ("kinds", "together"),
    [
        ([], AGAIN),
        ([SENT, SENT], SENT),
        ([SAVED, SAVED], SAVED),
        ([SAVED, NEVER], UNKNOWN),
        ([SAVED, AGAIN], UNKNOWN),
        ([SAVED, UNKNOWN], UNKNOWN),
        ([SENT, NEVER], UNKNOWN),
        ([SENT, AGAIN], UNKNOWN),
        ([AGAIN, UNKNOWN], UNKNOWN),
        ([NEVER, AGAIN], AGAIN),
        ([NEVER, NEVER], NEVER),
    ],
)
def test_outcomes_together(kinds: list[OutcomeClass], together: OutcomeClass) -> None:
    outcomes = {str(number): Outcome(kind) for number, kind in enumerate(kinds)}
    assert combined(outcomes).kind is together


@pytest.mark.parametrize(
    ("troubles", "together"),
    [([None, SUSPECTED], SUSPECTED), ([SUSPECTED, CHANNEL], CHANNEL), ([CHANNEL, None], CHANNEL)],
)
def test_the_channel_is_in_trouble_if_it_was_for_anybody(
    troubles: list[Trouble | None], together: Trouble
) -> None:
    for kinds in ([AGAIN, AGAIN], [UNKNOWN, AGAIN], [AGAIN, UNKNOWN]):
        pairs = zip(kinds, troubles, strict=True)
        outcomes = {
            str(number): Outcome(kind, trouble=trouble) for number, (kind, trouble) in enumerate(pairs)
        }
        assert combined(outcomes).trouble is together


@pytest.mark.parametrize("dead", [(True, True), (True, False), (False, True)])
def test_an_address_is_dead_only_as_a_whole(dead: tuple[bool, bool]) -> None:
    outcomes = {str(number): Outcome(NEVER, dead_address=one) for number, one in enumerate(dead)}
    assert combined(outcomes).dead_address is all(dead)


def test_a_plugin_that_apprise_does_not_call_is_the_channels_trouble() -> None:
    assert combined({}).trouble is CHANNEL


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("ngắn", 10, "ngắn"),
        ("một hai ba\nlink", 14, "một hai…\nlink"),
        ("một hai ba\nlink", 15, "một hai ba\nlink"),
        ("một hai ba", 8, "một hai…"),
        ("một hai ba", 7, "một…"),
        ("mộthaiba", 5, "mộth…"),
        ("một\n" + "l" * 20, 10, "một…"),
        ("một\r\nhai\r\n", 20, "một\nhai"),
    ],
)
def test_a_text_is_cut_to_fit(text: str, limit: int, cut: str) -> None:
    assert fit(text, limit) == cut
    assert len(cut) <= limit


def test_addresses_are_named_without_importing_apprise() -> None:
    code = (
        "import sys; from notifications.channels.registry import channel_of, mask;"
        "mask('smtpmail://a@b'); sys.exit('apprise' in sys.modules)"
    )
    root = Path(registry.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_stand_ins_refuse_to_start_or_stop_twice(sink: SmtpSink, zalo: ZaloFake) -> None:
    for server in (sink, zalo):
        with pytest.raises(RuntimeError):
            server.start()
        server.stop()
        with pytest.raises(RuntimeError):
            server.stop()
