"""Who sits at a body reads its letters on the days of the seat, and nobody else does for that reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.people.person_contacts import keep_contacts
from flows.actions.tasks.withdraw import withdraw
from models.db import reading, unit_of_work
from models.outbox.missing_addresses import register_in_use, without_address
from models.outbox.reachability import secretariat_unreachable
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import OutboxLetter
from models.tables.people import Person, SeatRow
from notifications.delivery.deliver import DeliveryReport, deliver
from notifications.delivery.portions import portions
from notifications.outbox.post_office import PostOffice
from rules.outbox.payloads.keys import LetterKind
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Actor
from tests.cast import (
    FINANCE,
    ON_SQLITE,
    TRADE,
    Postman,
    act,
    at,
    change,
    directive,
    issue,
    messages,
    move_in,
    office,
    rows,
    settings,
)
from tests.notifications.delivery.test_delivery import import_contacts
from tests.notifications.delivery.test_delivery_trouble import BUSY
from tests.notifications.delivery.test_readers_at_sending import OFFICE, TASK, clerk
from tests.notifications.seats import away, hand_on, mail_of, person, seat, seated

DAY, NEXT = date(2022, 8, 15), date(2022, 8, 16)
MAILBOX = "smtpmail://hop-thu@x.example"
Send = Callable[..., DeliveryReport]


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass at an instant; the finance office has a mailbox."""
    return sending(engine, postman)


def sending(engine: Engine, postman: Postman) -> Send:
    """The office moves in; the passes of its day."""
    move_in(engine)
    import_contacts(engine, clerk("hop-thu"), OFFICE)

    def one_pass(clock: str = "09:00", day: date = DAY, **more: Any) -> DeliveryReport:
        return deliver(engine, by_clock(at(day, clock), office()), settings(**more), postman)

    return one_pass


def alone(engine: Engine) -> None:
    """The finance office has no mailbox any more."""
    import_contacts(engine, OFFICE)


@pytest.mark.parametrize(
    ("to", "read"),
    [("both", {MAILBOX, mail_of("lan")}), ("person", {mail_of("lan")}), ("office", {MAILBOX})],
)
@ON_SQLITE
def test_a_setting_says_whether_office_or_person_reads(
    engine: Engine, send: Send, postman: Postman, to: str, read: set[str]
) -> None:
    seated(engine, "lan", FINANCE)
    seated(engine, "sep", FINANCE, SeatRole.HEAD)  # a leader does not hear of an assignment
    issue(engine, TASK)
    send(letters_to=to)
    assert set(postman.take()) == read


@pytest.mark.parametrize("to", ["office", "person"])
@ON_SQLITE
def test_where_one_has_no_address_the_other_reads(
    engine: Engine, send: Send, postman: Postman, to: str
) -> None:
    if to == "office":
        alone(engine)
        seated(engine, "lan", FINANCE)
    issue(engine, TASK)
    send(letters_to=to)
    assert postman.take() == [mail_of("lan") if to == "office" else MAILBOX]


@ON_SQLITE
def test_a_persons_address_that_is_the_offices_is_written_to_once(
    engine: Engine, send: Send, postman: Postman
) -> None:
    who = person(engine, "lan", "Hop-Thu@X.example")
    seat(engine, who, FINANCE)
    seat(engine, who, FINANCE, SeatRole.HEAD)
    issue(engine, TASK)
    send()
    assert postman.take() == [MAILBOX]


def test_the_last_day_of_a_seat_is_the_last_of_its_letters(
    engine: Engine, send: Send, postman: Postman
) -> None:
    alone(engine)
    ends = seated(engine, "cu", FINANCE, until=DAY)
    seated(engine, "moi", FINANCE, since=NEXT)
    issue(engine, TASK)
    postman.replies["smtpmail://cu@"] = BUSY
    send()
    assert postman.take() == [mail_of("cu")]
    send("09:00", NEXT)
    assert postman.take() == [mail_of("moi")]
    assert [one.state.value for one in messages(engine)] == ["moved", "sent"]
    change(engine, Person, ends, name="Cũ")
    with unit_of_work(engine) as session:
        keep_contacts(session, ends)
    send("10:00", NEXT)


def test_what_waited_for_the_last_one_is_raised_and_goes_to_whoever_follows(
    engine: Engine, send: Send, postman: Postman
) -> None:
    alone(engine)
    key = seated(engine, "cu", FINANCE)
    issue(engine, TASK)
    postman.replies["smtpmail://cu@"] = BUSY
    send()
    change(engine, Person, key, active=False)
    send("09:10")
    assert postman.take() == [mail_of("cu"), "smtpmail://vp@vp.example"]
    [raised] = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.NO_CONTACT)
    assert raised.data["agency_id"] == FINANCE
    seated(engine, "moi", FINANCE)
    send("09:20")
    assert postman.take() == [mail_of("moi")]


def test_letters_of_one_mailbox_part_when_one_of_its_seats_ends(
    engine: Engine, send: Send, postman: Postman
) -> None:
    """A message for two bodies, of which the reader's seat at one has ended meanwhile."""
    import_contacts(engine, OFFICE)
    lan = seated(engine, "lan", TRADE)
    ends = seat(engine, lan, FINANCE)
    seated(engine, "moi", FINANCE, since=NEXT)
    issue(engine, TASK, directive("Rà soát.", TRADE))
    postman.replies["smtpmail://lan@"] = BUSY
    send()
    assert postman.take() == [mail_of("lan")]
    change(engine, SeatRow, ends, valid_to=DAY)
    postman.replies.clear()
    send("09:00", NEXT)
    assert sorted(postman.take()) == sorted([mail_of("lan"), mail_of("moi")])


@pytest.mark.parametrize("absent", [False, True])
def test_an_officer_hears_of_his_tasks_only(
    engine: Engine, send: Send, postman: Postman, absent: bool
) -> None:
    officer, deputy = seated(engine, "vien", FINANCE, SeatRole.OFFICER), seated(engine, "bay", TRADE)
    issue(engine, TASK, directive("Rà soát.", FINANCE))
    send()
    assert postman.take() == [MAILBOX]
    hand_on(engine, 1, FINANCE, officer)
    if absent:
        away(engine, officer, deputy, DAY, NEXT)
    for task_id in (1, 2):
        withdraw(engine, task_id, "Thôi.", act(Actor.ASSIGNER, at(DAY, "09:30")))
    send("10:00")
    told = {url: parcel.letter.subject for url, parcel in postman.carried}
    assert set(postman.take()) == {MAILBOX, mail_of("bay" if absent else "vien")}
    assert "2 nhiệm vụ" in told.pop(MAILBOX)
    assert all(subject.startswith("[GN-0001]") for subject in told.values())


def test_what_waits_for_an_officer_who_has_the_task_no_more_is_not_sent_to_him(
    engine: Engine, send: Send, postman: Postman
) -> None:
    officer, other = (seated(engine, name, FINANCE, SeatRole.OFFICER) for name in ("vien", "khac"))
    issue(engine, TASK)
    send()
    hand_on(engine, 1, FINANCE, officer)
    withdraw(engine, 1, "Thôi.", act(Actor.ASSIGNER, at(DAY, "09:30")))
    postman.replies["smtpmail://vien@"] = BUSY
    send("10:00")
    hand_on(engine, 1, FINANCE, other)
    postman.take()
    send("10:10")
    assert postman.take() == [mail_of("khac")]


@ON_SQLITE
def test_an_address_follows_its_person_and_its_row_stays(
    engine: Engine, send: Send, postman: Postman
) -> None:
    alone(engine)
    lan = seated(engine, "lan", FINANCE)
    issue(engine, TASK)
    postman.replies["smtpmail://lan@"] = BUSY
    send()
    before = rows(engine, ContactAddress, ContactAddress.url == mail_of("lan"))
    change(engine, Person, lan, email="lan@moi.example")
    with unit_of_work(engine) as session:
        keep_contacts(session, lan)
        keep_contacts(session, lan)
    send("09:10")
    assert postman.take() == [mail_of("lan"), "smtpmail://lan@moi.example"]
    [after] = rows(engine, ContactAddress, ContactAddress.id == before[0].id)
    assert after.withdrawn
    assert len(rows(engine, Contact, Contact.person_id == lan)) == 1


def test_the_register_leaves_persons_alone(engine: Engine, send: Send, postman: Postman) -> None:
    one, two = seated(engine, "Lê Thị Lan", FINANCE), person(engine, "Lê Thị Lan", "lan2@nguoi.example")
    seat(engine, two, FINANCE)
    import_contacts(engine, clerk("Lê Thị Lan", MAILBOX), OFFICE)
    mine = rows(engine, Contact, Contact.agency_id == FINANCE, Contact.active)
    assert [row.person_id for row in mine] == [one, two, None]
    with reading(engine) as session:
        _, places = register_in_use(session)
    assert {url for body, url in places if body == FINANCE} == {MAILBOX}


@ON_SQLITE
def test_who_reads_on_a_day_is_who_can_be_reached(engine: Engine, send: Send) -> None:
    import_contacts(engine, clerk("ai", body=TRADE))
    seated(engine, "thu-ky", "vpubnd", SeatRole.SECRETARY, until=DAY)
    seated(engine, "vien", FINANCE, SeatRole.OFFICER)
    issue(engine, TASK)
    with reading(engine) as session:
        assert secretariat_unreachable(session, DAY, 7) is None
        assert secretariat_unreachable(session, NEXT, 7) is not None
        assert without_address(session, [FINANCE, TRADE], DAY, 7) == [FINANCE]
        assert portions(session, PostOffice(office(), at(DAY, "09:00"), "x")) == [[FINANCE]]
