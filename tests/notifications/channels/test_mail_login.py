"""Logging in and TLS: whatever is wrong there is our set-up, not the address; and no secret shows."""

import logging
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.settings import get_settings
from notifications.channels.mail import smtp_pool
from notifications.channels.registry import post
from notifications.outbox.parcel import Parcel, Trouble
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import OutcomeClass
from tests.notifications.channels.certificates import made, server_side

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

TO = "smtpmail://van.thu@stc.example"
PASSWORD = "mat-khau-bi-mat-51c7"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return made(tmp_path / "sink.pem")


def test_the_right_password(configure: Configure, parcel: MakeParcel) -> None:
    with SmtpSink(login=("dondoc", PASSWORD)) as sink:
        configure(smtp_port=sink.port, smtp_username="dondoc", smtp_password=PASSWORD)
        assert [post(TO, parcel()).kind for _ in range(3)] == [OutcomeClass.SENT] * 3
        assert sink.connections == 1


def test_a_wrong_password_is_our_set_up_and_shows_nowhere(
    configure: Configure, parcel: MakeParcel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), SmtpSink(login=("dondoc", "khác")) as sink:
        configure(smtp_port=sink.port, smtp_username="dondoc", smtp_password=PASSWORD)
        outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "535")
    assert outcome.trouble is Trouble.CHANNEL
    assert "cấu hình" in outcome.text
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    for place in (repr(outcome), repr(get_settings()), *ours):
        assert PASSWORD not in place
        assert "Kính gửi" not in place


@pytest.mark.parametrize(
    ("values", "setting"),
    [
        ({}, "DONDOC_SMTP_PASSWORD"),
        ({"smtp_password": PASSWORD, "smtp_host": "mail.office.example"}, "DONDOC_SMTP_SECURITY"),
    ],
)
def test_no_letter_leaves_with_a_login_that_cannot_work(
    sink: SmtpSink, configure: Configure, parcel: MakeParcel, values: dict[str, str], setting: str
) -> None:
    """Refused at start (``tests/config/test_settings.py``); a process that started before stops here."""
    configure(smtp_username="dondoc", **values)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (
        OutcomeClass.TRY_AGAIN,
        "config",
        Trouble.CHANNEL,
    )
    assert setting in outcome.text
    assert PASSWORD not in repr(outcome)
    assert sink.messages == []


def test_a_server_without_starttls(sink: SmtpSink, configure: Configure, parcel: MakeParcel) -> None:
    configure(smtp_security="starttls")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "unsupported")
    assert outcome.trouble is Trouble.CHANNEL
    assert sink.messages == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for(
    configure: Configure, parcel: MakeParcel, certificate: Path, security: str
) -> None:
    with SmtpSink(tls=server_side(certificate), implicit_tls=security == "tls") as sink:
        configure(smtp_port=sink.port, smtp_security=security)
        outcome = post(TO, parcel())
        assert sink.messages == []
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "certificate")
    assert outcome.trouble is Trouble.CHANNEL


@pytest.mark.parametrize("flaw", [{"year": 2021}, {"address": "127.0.0.2"}])
def test_a_certificate_that_is_over_or_of_somebody_else(
    configure: Configure,
    parcel: MakeParcel,
    tmp_path: Path,
    flaw: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = made(tmp_path / "flawed.pem", **flaw)
    trusting = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(smtp_pool, "tls_context", lambda: trusting)
    with SmtpSink(tls=server_side(path)) as sink:
        configure(smtp_port=sink.port, smtp_security="starttls")
        outcome = post(TO, parcel())
        assert sink.messages == []
    assert (outcome.code, outcome.trouble) == ("certificate", Trouble.CHANNEL)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls_with_login(
    configure: Configure,
    parcel: MakeParcel,
    certificate: Path,
    security: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(smtp_pool, "tls_context", lambda: trusting)
    with SmtpSink(("dondoc", PASSWORD), server_side(certificate), security == "tls") as sink:
        configure(smtp_port=sink.port, smtp_security=security)
        configure(smtp_username="dondoc", smtp_password=PASSWORD)
        assert [post(TO, parcel()).kind for _ in range(2)] == [OutcomeClass.SENT] * 2
        assert sink.connections == 1
        smtp_pool.hang_up_all()
