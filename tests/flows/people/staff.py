"""Persons for tests: entered and seated as an office does it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import Act, Doer
from flows.actions.people.persons import NewPerson, add_person
from flows.actions.people.seats import NewSeat, seat_person
from rules.people.seat_roles import SeatRole
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import FINANCE, act, at

NOW = at("2022-08-15")
TODAY = date(2022, 8, 15)


def day(number: int) -> date:
    """A day of August 2022."""
    return date(2022, 8, number)


def ours(now: datetime = NOW, person: int | None = None) -> Act:
    """An act of whoever keeps people, or of a person who is signed in."""
    return act(Actor.SECRETARIAT, now, doer=Doer(person) if person else None)


def somebody(engine: Engine, name: str = "Hoa", **seat: Any) -> int:
    """A person, in the office of a văn thư of Sở Tài chính unless ``seat`` says otherwise."""
    new = NewPerson(name, f"{name.lower()}@stc.example")
    person = add_person(engine, new, ours())
    sits(engine, person, **seat)
    return person


def sits(engine: Engine, person: int, **seat: Any) -> int:
    """A seat of that person, from 1/8/2022."""
    told = {"role": SeatRole.CLERK, "body": FINANCE, "valid_from": day(1), **seat}
    return seat_person(engine, person, NewSeat(**told), ours())


def refused(said: str, what: Callable[..., object], *asked: object) -> None:
    """It is refused with these words."""
    with pytest.raises(Refusal, match=said):
        what(*asked)
