"""Settings and parcels for tests of what leaves the building. Channels start and end with empty pools."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.settings import get_settings
from notifications.channels.frame.http_post import close_client
from notifications.channels.mail import smtp_pool
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.outbox.parcel import Letter, Parcel
from notifications.sandbox.smtp_sink import SmtpSink
from notifications.sandbox.zalo_fake import ZaloFake
from tests.cast import Postman, at, move_in, office, settings

TOKEN = "ma-truy-cap-bi-mat-8f3a"

Configure = Callable[..., None]
MakeParcel = Callable[..., Parcel]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Configure]:
    """``configure(smtp_port=25)`` sets DONDOC_SMTP_PORT for this test and has settings read anew."""
    monkeypatch.chdir(tmp_path)  # away from the developer's dondoc.toml
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"DONDOC_{name.upper()}", str(value))
        get_settings.cache_clear()

    change(letters_folder=tmp_path / "letters", smtp_timeout=5, zalo_timeout=5)
    _hang_up()
    yield change
    _hang_up()
    get_settings.cache_clear()


def _hang_up() -> None:
    smtp_pool.hang_up_all()
    close_client()


@pytest.fixture
def sink(configure: Configure) -> Iterator[SmtpSink]:
    """A mail server, and settings that point at it."""
    with SmtpSink() as server:
        configure(smtp_host=server.host, smtp_port=server.port)
        yield server


@pytest.fixture
def zalo(configure: Configure) -> Iterator[ZaloFake]:
    """An Official Account with one follower, "u1", and settings that point at it."""
    with ZaloFake(TOKEN, users=["u1"]) as server:
        configure(zalo_api=server.api, zalo_access_token=TOKEN)
        yield server


@pytest.fixture
def parcel() -> MakeParcel:
    """``parcel(subject=...)``: a parcel, with what the test cares about replaced."""

    def make(
        subject: str = "[GN-1234] Đôn đốc thực hiện nhiệm vụ trước ngày 30/11/2026",
        text: str = "Kính gửi: Sở Tài chính\n\nĐề nghị khẩn trương báo cáo.\nhttps://dondoc.example/t/abc\n",
        html: str = "<p>Kính gửi: Sở Tài chính</p>",
        short: str = "Đề nghị khẩn trương báo cáo.\nhttps://dondoc.example/t/abc",
        message_id: str = "<ob-1@dondoc.example>",
        to_name: str = "Nguyễn Văn A",
        thread_root: str | None = "<task-1@dondoc.example>",
    ) -> Parcel:
        return Parcel(Letter(subject, text, html, short), message_id, to_name, thread_root)

    return make


@pytest.fixture
def postman() -> Iterator[Postman]:
    """Carries letters; at the end nothing may be left that the test did not look at."""
    carrier = Postman()
    yield carrier
    assert carrier.take() == [], "letters nobody expected"


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Callable[..., DeliveryReport]:
    """``send("2022-08-15", "09:00")``: one pass at that instant, on a database with the register."""
    move_in(engine)

    def one_pass(day: str | datetime, clock: str = "09:00") -> DeliveryReport:
        now = day if isinstance(day, datetime) else at(day, clock)
        return deliver(engine, by_clock(now, office()), settings(), postman)

    return one_pass
