"""A letter as bytes: any text comes back as it was, in lines that every server takes."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.clock import OFFICE_ZONE
from notifications.channels.mail.eml import as_bytes
from notifications.outbox.parcel import Letter, Parcel
from rules.text.incoming import cleaned

SENT_AT = datetime(2026, 3, 4, 7, 30, tzinfo=OFFICE_ZONE)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


def mail(text: str, html: str = "<p>x</p>", subject: str = "Đôn đốc") -> bytes:
    parcel = Parcel(Letter(subject, text, html, text), "<ob-1@dondoc.example>")
    return as_bytes(parcel, "van.thu@stc.example", "Văn thư", "Đôn Đốc <don-doc@dondoc.example>", SENT_AT)


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


@given(TEXTS, TEXTS)
@example("cuối dòng \n\t\n.\nFrom x\n--=_\n=\n", "a" * 200 + "ớ" * 100)
@example("", "\n\n")
def test_any_text_comes_back(text: str, html: str) -> None:
    raw = mail(text, html)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    plain, rich = read(raw).iter_parts()
    assert cleaned(plain.get_content()) == cleaned(text)
    assert cleaned(rich.get_content()) == cleaned(html)


@pytest.mark.parametrize("length", [10, 40, 73, 74, 75, 76, 77, 150])
def test_subjects_of_any_length(length: int) -> None:
    subject = ("Đôn đốc nhiệm vụ quá hạn " * 8)[:length].strip()
    assert read(mail("x", subject=subject))["Subject"] == subject
