"""A letter with a link goes to its person's own mailbox, and nothing that stays behind opens the link."""

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from models.sign_in.tokens import digest_of
from models.tables.outbox import DeliveryEvent, OutboxLetter
from models.tables.people import Person, SeatRow, TaskOfficer
from models.tables.sign_in import LinkToken, PersonLink
from notifications.channels.registry import post
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.sandbox.smtp_sink import SmtpSink
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from tests.cast import (
    DATED,
    FINANCE,
    LOST,
    ON_SQLITE,
    TRADE,
    Postman,
    at,
    change,
    dump,
    issue,
    messages,
    move_in,
    office,
    rows,
    settings,
)
from tests.notifications.delivery.test_delivery import import_contacts
from tests.notifications.delivery.test_delivery_trouble import BUSY
from tests.notifications.delivery.test_readers_at_sending import OFFICE, clerk
from tests.notifications.people_life import PeopleLife, link_by_mail
from tests.notifications.seats import away, mail_of, person, seat, seated

NIGHT, MORNING = at("2022-08-15", "22:00"), at("2022-08-16", "08:00")
DAY = date(2022, 8, 15)
INVITATION, SIGN_IN = LinkPurpose.INVITATION, LinkPurpose.SIGN_IN
Send = Callable[..., DeliveryReport]
_TOKEN = re.compile(r"/lien-ket/([\w-]{43})")


def tokens_in(text: str) -> list[str]:
    return list(dict.fromkeys(_TOKEN.findall(text)))


def fate(engine: Engine) -> list[str]:
    return [row.state.value for row in rows(engine, OutboxLetter)]


def test_a_real_server_has_the_link_and_nothing_here_does(
    engine: Engine, sink: SmtpSink, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    who = seated(move_in(engine), "lan", FINANCE)
    link = link_by_mail(engine, who, SIGN_IN, NIGHT)
    witness = settings(witness_folder=tmp_path / "sent")
    deliver(engine, by_clock(NIGHT, office()), witness, post)
    [got] = sink.messages
    assert got.recipients == ("lan@nguoi.example",)
    [token] = tokens_in(got.message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert tokens_in(got.message.get_body(("html",)).get_content()) == [token]  # type: ignore[union-attr]
    assert [(row.digest, row.link_id) for row in rows(engine, LinkToken)] == [(digest_of(token), link)]
    headers = "".join(f"{name}: {value}\n" for name, value in got.message.items())
    kept = [str(dump(engine)), headers, *_logged(caplog)]
    kept += [path.read_text() for path in (tmp_path / "sent").rglob("*") if path.is_file()]
    assert len(kept) > 4
    assert not [where for where in kept if token in where]


def _logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What we wrote into any log; the mail server of the sandbox writes down all that it hears."""
    return [record.getMessage() for record in caplog.records if record.name != "mail.log"]


def test_a_second_try_has_another_token_and_the_first_stays_good(engine: Engine, postman: Postman) -> None:
    who = seated(move_in(engine), "lan", FINANCE)
    link = link_by_mail(engine, who, SIGN_IN, MORNING)
    postman.replies["smtpmail://"] = BUSY
    for minutes in (0, 2, 8):
        send(engine, postman, minutes=minutes)
    said = [tokens_in(parcel.letter.text) for _, parcel in postman.carried]
    names = {parcel.message_id for _, parcel in postman.carried}
    assert postman.take() == [mail_of("lan")] * 3
    assert len(names) == 1
    assert {row.digest for row in rows(engine, LinkToken) if row.link_id == link} == {
        digest_of(token) for [token] in said
    }
    assert len({token for [token] in said}) == 3


def send(engine: Engine, postman: Postman, minutes: int = 0, days: int = 0) -> DeliveryReport:
    now = MORNING + timedelta(days=days, minutes=minutes)
    return deliver(engine, by_clock(now, office()), settings(), postman)


def test_neither_deputy_nor_office_nor_zalo_has_it(engine: Engine, postman: Postman) -> None:
    move_in(engine)
    shared = "smtpmail://lan@nguoi.example"
    import_contacts(engine, clerk("hop-thu", "zalooa://4318/x", shared), OFFICE)
    lan = seated(engine, "lan", FINANCE)
    away(engine, lan, seated(engine, "bay", TRADE), DAY, date(2022, 8, 31))
    link_by_mail(engine, lan, INVITATION, MORNING)
    send(engine, postman)
    assert postman.take() == [shared]
    [message] = messages(engine)
    assert message.subject == "[Đôn Đốc] Lời mời sử dụng hệ thống theo dõi, đôn đốc nhiệm vụ"


@pytest.mark.parametrize("what", ["used_at", "revoked_at", "expires_at"])
@ON_SQLITE
def test_a_link_that_is_over_is_not_mailed(engine: Engine, postman: Postman, what: str) -> None:
    link = link_by_mail(engine, seated(move_in(engine), "lan", FINANCE), SIGN_IN, MORNING, hours=0.5)
    if what != "expires_at":
        change(engine, PersonLink, link, **{what: MORNING})
    send(engine, postman, minutes=31 if what == "expires_at" else 1)
    assert postman.take() == []
    assert fate(engine) == ["obsolete"]
    assert rows(engine, LinkToken) == []


@ON_SQLITE
def test_whoever_sits_nowhere_gets_none(engine: Engine, postman: Postman) -> None:
    move_in(engine)
    who = person(engine, "lan")
    seat(engine, who, FINANCE, until=DAY)
    mute = person(engine, "khong-thu", None)
    seat(engine, mute, FINANCE)
    for one in (who, mute):
        link_by_mail(engine, one, INVITATION, MORNING)
    send(engine, postman)
    assert fate(engine) == ["obsolete", "obsolete"]


@ON_SQLITE
def test_an_invitation_waits_for_the_first_day_of_a_seat(engine: Engine, postman: Postman) -> None:
    who = seated(move_in(engine), "lan", FINANCE, since=date(2022, 8, 17))
    link_by_mail(engine, who, INVITATION, MORNING, hours=48)
    late = seated(engine, "muon", FINANCE, since=date(2022, 9, 5))
    link_by_mail(engine, late, INVITATION, MORNING, hours=1)
    send(engine, postman)
    assert fate(engine) == ["pending", "pending"]
    send(engine, postman, days=1)
    assert postman.take() == [mail_of("lan")]
    assert fate(engine) == ["dispatched", "obsolete"]


@pytest.mark.parametrize("moves", [True, False])
def test_what_waits_follows_its_person_or_ends(engine: Engine, postman: Postman, moves: bool) -> None:
    who = person(move_in(engine), "lan")
    first = seat(engine, who, FINANCE)
    if moves:
        seat(engine, who, TRADE, since=date(2022, 8, 17))
    link_by_mail(engine, who, INVITATION, MORNING, hours=72)
    postman.replies["smtpmail://"] = BUSY
    send(engine, postman)
    change(engine, SeatRow, first, valid_to=date(2022, 8, 16))
    postman.replies.clear()
    send(engine, postman, days=1)
    assert postman.take() == [mail_of("lan")] * (2 if moves else 1)
    assert fate(engine) == ["dispatched" if moves else "obsolete"]
    change(engine, Person, who, active=False)
    send(engine, postman, days=2)


@ON_SQLITE
def test_an_admin_of_no_body_has_a_mailbox_too(engine: Engine, postman: Postman) -> None:
    who = seated(move_in(engine), "quan-tri", None, SeatRole.ADMIN)
    link_by_mail(engine, who, INVITATION, MORNING)
    issue(engine, DATED)
    send(engine, postman)
    assert mail_of("quan-tri") in postman.take()
    [told] = [row for row in messages(engine) if "Lời mời" in row.subject]
    assert told.state.value == "sent"


def test_the_officer_is_told_of_the_task(engine: Engine, postman: Postman) -> None:
    PeopleLife(engine).through_every_kind()
    subjects = {row.subject for row in messages(engine) if row.state.value == "sent"}
    assert "[GN-0001] Giao thực hiện nhiệm vụ – Tham mưu cân đối kinh phí hỗ trợ hợp tác xã." in subjects


@ON_SQLITE
def test_an_officer_who_left_is_not_told_but_his_body_is(engine: Engine, postman: Postman) -> None:
    life = PeopleLife(engine)
    life.told = lambda part: None  # type: ignore[method-assign]
    life.through_every_kind()
    [part] = rows(engine, TaskOfficer)
    PeopleLife(engine).told(part)
    change(engine, Person, part.person_id, active=False)
    send(engine, postman, days=1)
    assert postman.take() == ["smtpmail://van-thu@stc.soctrang.example"]


@ON_SQLITE
def test_what_may_have_arrived_is_said_nowhere_else(engine: Engine, postman: Postman) -> None:
    link_by_mail(engine, seated(move_in(engine), "lan", FINANCE), SIGN_IN, MORNING)
    postman.replies["smtpmail://"] = LOST
    send(engine, postman)
    send(engine, postman, minutes=5)
    assert postman.take() == [mail_of("lan")]
    assert [row.text for row in rows(engine, DeliveryEvent)]
