"""Whether the secretariat can be written to, and what is unknown: asked by every page and tick."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading, unit_of_work
from models.outbox import reachability
from models.tables.agencies import Committee, Contact, ContactAddress
from models.tables.outbox import ChannelState, OutboxMessage
from rules.letter_words import MessageState
from tests.cast import SECRETARIAT, at, move_in

TODAY = date(2022, 8, 15)
NOW = at(TODAY)
DAYS = 7


@pytest.fixture
def office(engine: Engine) -> Engine:
    """The shipped register: two contacts of the secretariat, each with one mailbox."""
    return move_in(engine)


def why(engine: Engine, today: date = TODAY) -> str | None:
    with reading(engine) as session:
        return reachability.secretariat_unreachable(session, today, DAYS)


def its_addresses() -> sa.Select[Any]:
    mine = sa.select(Contact.id).where(Contact.agency_id == SECRETARIAT)
    return sa.select(ContactAddress).where(ContactAddress.contact_id.in_(mine))


def set_all(engine: Engine, **values: Any) -> None:
    with unit_of_work(engine) as session:
        for address in session.scalars(its_addresses()):
            for name, value in values.items():
                setattr(address, name, value)


def stop(engine: Engine, channel: str, since: Any = NOW) -> None:
    with unit_of_work(engine) as session:
        session.add(ChannelState(channel=channel, stops=1, since=since, text="535 từ chối"))


def message(n: int, state: MessageState, address: ContactAddress, channel: str = "mail") -> OutboxMessage:
    return OutboxMessage(
        key=f"k{n}", bundle="b", contact_id=address.contact_id, address_id=address.id or 0, channel=channel,
        message_id=f"<{n}@x>", state=state, next_at=NOW, give_up_at=NOW,
    )  # fmt: skip


def fill(engine: Engine, *messages: tuple[MessageState, str]) -> None:
    with unit_of_work(engine) as session:
        address = session.scalars(its_addresses()).first()
        assert address is not None
        session.add_all(message(n, state, address, channel) for n, (state, channel) in enumerate(messages))


def test_a_usable_address_is_enough(office: Engine) -> None:
    assert why(office) is None
    set_all(office, unusable_since=TODAY)
    with unit_of_work(office) as session:
        first = session.scalars(its_addresses()).first()
        assert first is not None
        first.unusable_since = None
    assert why(office) is None


@pytest.mark.parametrize("values", [{"withdrawn": True}, {"unusable_since": TODAY}])
def test_without_one_it_is_said(office: Engine, values: dict[str, Any]) -> None:
    set_all(office, **values)
    assert why(office) == reachability.NO_ADDRESS


def test_a_contact_that_left_is_no_contact(office: Engine) -> None:
    with unit_of_work(office) as session:
        session.execute(sa.update(Contact).where(Contact.agency_id == SECRETARIAT).values(active=False))
    assert why(office) == reachability.NO_ADDRESS


def test_a_mark_has_an_end(office: Engine) -> None:
    set_all(office, unusable_since=TODAY)
    assert why(office, TODAY + timedelta(days=DAYS - 1)) == reachability.NO_ADDRESS
    assert why(office, TODAY + timedelta(days=DAYS)) is None


def test_stopped_channels(office: Engine) -> None:
    stop(office, "zalo")
    assert why(office) is None
    stop(office, "mail", since=None)  # it had trouble once
    assert why(office) is None
    with unit_of_work(office) as session:
        session.get_one(ChannelState, "mail").since = NOW
    assert why(office) == reachability.ALL_STOPPED


def test_an_office_without_a_committee_misses_nothing(office: Engine) -> None:
    set_all(office, withdrawn=True)
    with unit_of_work(office) as session:
        session.execute(sa.delete(Committee))
    assert why(office) is None


def test_what_is_unknown_and_what_waits(office: Engine) -> None:
    fill(office, *((state, "mail") for state in MessageState), (MessageState.UNKNOWN, "zalo"))
    stop(office, "mail")
    with reading(office) as session:
        assert reachability.alarm(session, TODAY, DAYS).unknown == 2
        [channel] = reachability.stopped_channels(session)
    assert (channel.channel, channel.since, channel.text) == ("mail", NOW, "535 từ chối")
    assert channel.waiting == 2  # queued and owed
