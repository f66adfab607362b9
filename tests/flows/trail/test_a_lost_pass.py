"""A delivery pass whose database went away has said so: its row of the trail makes no second trouble."""

import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa

from config.act import by_clock
from flows.actions.trail.keep import note_delivery
from notifications.delivery.account import DeliveryReport
from rules.letter_words import MessageState
from tests.cast import at, office

SENT = DeliveryReport(by_state={MessageState.SENT: 1})
#: Nothing listens on port 1 of this machine.
AWAY = sa.create_engine("postgresql+psycopg://dondoc@127.0.0.1:1/dondoc")


def test_a_lost_pass_goes_without_its_row(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        note_delivery(AWAY, by_clock(at("2022-08-15", "09:00"), office()), replace(SENT, lost=True))
    assert caplog.messages == ["The trail has no row of this delivery pass: the database is away."]


def test_any_other_pass_does_not() -> None:
    with pytest.raises(sa.exc.OperationalError):
        note_delivery(AWAY, by_clock(at("2022-08-15", "09:00"), office()), SENT)
