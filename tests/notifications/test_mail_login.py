"""Logging in and TLS: whatever is wrong there is our set-up, not the address; and no secret shows."""

import ipaddress
import logging
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from config.settings import get_settings
from notifications.channels import smtp_pool
from notifications.channels.registry import post
from notifications.parcel import Parcel
from notifications.sandbox.smtp_sink import SmtpSink
from rules.vocabulary import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

TO = "smtpmail://van.thu@stc.example"
PASSWORD = "mat-khau-bi-mat-51c7"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key, valid from 2020 to 2099."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sink")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "sink.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


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
    assert "cấu hình" in outcome.text
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    for place in (repr(outcome), repr(get_settings()), *ours):
        assert PASSWORD not in place
        assert "Kính gửi" not in place


def test_a_user_name_without_password(configure: Configure, parcel: MakeParcel) -> None:
    with SmtpSink(login=("dondoc", PASSWORD)) as sink:
        configure(smtp_port=sink.port, smtp_username="dondoc")
        outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "config")


def test_no_password_leaves_the_machine_in_clear(configure: Configure, parcel: MakeParcel) -> None:
    configure(smtp_host="mail.office.example", smtp_username="dondoc", smtp_password=PASSWORD)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "config")
    assert "mã hoá" in outcome.text


def test_a_server_without_starttls(sink: SmtpSink, configure: Configure, parcel: MakeParcel) -> None:
    configure(smtp_security="starttls")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "unsupported")
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
