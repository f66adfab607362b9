"""Rows of older releases with signs that nobody sees: pages and letters show them without."""

import email
import json
from email.policy import default

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.agencies import load_register
from flows.actions.reading.draft_file import parse_draft_data
from models.db import unit_of_work
from notifications.channels.mail.eml import as_bytes
from notifications.letters.kit.filters import one_line
from notifications.outbox.parcel import Letter, Parcel
from rules.people.registry import Registry
from tests.cast import at
from tests.flows.terminal.odd_words import sample_draft
from tests.hostile.text.signs import HOSTILE, SIGNS, hidden_in
from tests.web.conftest import (  # noqa: F401  (fixtures)
    _offices,
    _own_witness,
    _patience,
    at_work,
    busy,
    office,
)
from tests.web.every_page import NOTHING_THERE, PAGES
from web.kit.rendering import environment

#: What people or registers wrote, and pages show.
WRITTEN = {
    "agency": ("name",),
    "contact": ("label",),
    "document": ("number", "issuer", "title", "text", "source_name"),
    "directive": ("text",),
    "task": ("title",),
    "task_event": ("note",),
}


def _spoil(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        for table, columns in WRITTEN.items():
            changed = ", ".join(f"{name} = {name} || :more" for name in columns)
            session.execute(sa.text(f"UPDATE {table} SET {changed}"), {"more": HOSTILE})


def test_every_page_shows_them_without(at_work: TestClient, busy: Engine) -> None:  # noqa: F811
    _spoil(busy)
    shown = 0
    for address in PAGES:
        if address in NOTHING_THERE:
            continue
        answer = at_work.get(address)
        assert answer.status_code < 500, address
        assert not hidden_in(answer.text), address
        shown += answer.text.count("Sở Y tế</")
    assert shown


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{ord(sign):X}")
def test_each_sign_alone_is_left_out_of_a_page_and_of_a_line(sign: str) -> None:
    html = environment().from_string("{{ name }}").render(name=f"Sở{sign} Y tế")
    assert html == "Sở Y tế"
    assert one_line(f"Sở{sign} Y tế") == "Sở Y tế"


def test_a_stored_draft_is_read_whatever_it_holds() -> None:
    """A person must be able to open it and put it right; only a file is refused."""
    registry = Registry(load_register().bodies)
    value = json.loads(sample_draft())
    value.pop("first_reading")
    value["document"]["title"] = HOSTILE
    assert parse_draft_data(value, "văn bản số 1", registry).document.title == HOSTILE


@pytest.mark.parametrize("sign", ["\r\nBcc: x@y.example", "\n\nx", "\ud800", *SIGNS], ids=repr)
def test_a_mail_has_the_headers_that_we_gave_it(sign: str) -> None:
    letter = Letter(f"Đôn đốc{sign} lần 2", f"Kính gửi{sign}\n", f"<p>{sign}</p>", f"{sign}")
    data = as_bytes(
        Parcel(letter, "<ob-1@dondoc.example>", f"Sở{sign} Y tế", None),
        "a@b.example", "", "Đôn Đốc <don-doc@dondoc.example>", at("2022-09-05"),
    )  # fmt: skip
    mail = email.message_from_bytes(data, policy=default)
    assert mail["Bcc"] is None
    assert not hidden_in(f"{mail['Subject']}{mail['To']}")
    assert str(mail["Subject"]).startswith("Đôn đốc")
    body = mail.get_body(("plain",))
    assert body is not None
    assert not hidden_in(body.get_content())
