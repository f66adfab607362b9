"""Who has the letters of one who is away: the deputy, or she herself where nobody stands in."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from models.tables.outbox import OutboxLetter
from models.tables.people import Absence, Person, SeatRow
from rules.letter_words import LetterState
from tests.cast import FINANCE, ON_SQLITE, TRADE, Postman, change, issue, rows
from tests.notifications.delivery.test_delivery_trouble import BUSY
from tests.notifications.delivery.test_readers_at_sending import TASK
from tests.notifications.delivery.test_seats import DAY, NEXT, Send, alone, sending
from tests.notifications.seats import away, mail_of, person, seat, seated


@pytest.fixture
def send(engine: Engine, postman: Postman) -> Send:
    """One pass at an instant."""
    return sending(engine, postman)


def test_the_deputy_has_it_and_the_absent_one_not(engine: Engine, send: Send, postman: Postman) -> None:
    alone(engine)
    lan, deputy = seated(engine, "lan", FINANCE), seated(engine, "bay", TRADE)
    away(engine, lan, deputy, DAY, NEXT)
    issue(engine, TASK)
    send()
    [(url, parcel)] = postman.carried
    assert url == mail_of("bay")
    assert "Kính gửi: Sở Tài chính (gửi ông/bà bay thay ông/bà lan)" in parcel.letter.text
    postman.take()
    issue(engine, TASK, number="7/TB-UBND")
    send("09:00", date(2022, 8, 17))
    assert postman.take() == [mail_of("lan")]


def test_nothing_is_lost_when_an_absence_ends_early(engine: Engine, send: Send, postman: Postman) -> None:
    alone(engine)
    lan, deputy = seated(engine, "lan", FINANCE), seated(engine, "bay", TRADE)
    key = away(engine, lan, deputy, DAY, date(2022, 8, 31))
    issue(engine, TASK)
    postman.replies["smtpmail://bay@"] = BUSY
    send()
    change(engine, Absence, key, last_on=DAY)
    send("09:00", NEXT)
    assert postman.take() == [mail_of("bay"), mail_of("lan")]
    send("10:00", NEXT)


@pytest.mark.parametrize("left", ["seat ended", "ceased"])
def test_nothing_is_lost_when_a_deputy_loses_the_last_seat(
    engine: Engine, send: Send, postman: Postman, left: str
) -> None:
    """What waited for the deputy goes to the absent one, who has all that comes later too.

    Seen red where whoever is away reads nothing though nobody stands in (``_can_stand_in`` left out of
    ``away``), and where what waits is left to its reader (``still_theirs`` giving back every letter).
    """
    alone(engine)
    lan, deputy = seated(engine, "lan", FINANCE), person(engine, "bay")
    held = seat(engine, deputy, TRADE)
    away(engine, lan, deputy, DAY, date(2022, 8, 31))
    issue(engine, TASK)
    postman.replies["smtpmail://bay@"] = BUSY
    send()
    assert postman.take() == [mail_of("bay")]
    if left == "seat ended":
        change(engine, SeatRow, held, valid_to=DAY)
    else:
        change(engine, Person, deputy, active=False)
    issue(engine, TASK, number="8/TB-UBND", on=NEXT)
    send("09:00", NEXT)
    assert set(postman.take()) == {mail_of("lan")}
    assert {row.state for row in rows(engine, OutboxLetter)} == {LetterState.DISPATCHED}
    send("10:00", NEXT)
    assert postman.take() == []


@ON_SQLITE
@pytest.mark.parametrize("left", ["never sat", "seat ended", "ceased"])
def test_where_nobody_can_stand_in_the_absent_one_has_it(
    engine: Engine, send: Send, postman: Postman, left: str
) -> None:
    """A deputy without a running seat of her own, or who does not use the system any more, gets nothing."""
    alone(engine)
    lan, deputy = seated(engine, "lan", FINANCE), person(engine, "bay", active=left != "ceased")
    if left != "never sat":
        seat(engine, deputy, TRADE, until=DAY - timedelta(1) if left == "seat ended" else None)
    away(engine, lan, deputy, DAY, DAY)
    issue(engine, TASK)
    send()
    assert postman.take() == [mail_of("lan")]


@ON_SQLITE
def test_one_seat_is_lent_and_the_other_kept(engine: Engine, send: Send, postman: Postman) -> None:
    alone(engine)
    lan, deputy = seated(engine, "lan", TRADE), seated(engine, "bay", TRADE)
    only = seat(engine, lan, FINANCE)
    away(engine, lan, deputy, DAY, DAY, only)
    issue(engine, TASK)
    send()
    assert postman.take() == [mail_of("bay")]
