"""A trail to try things on: rows with and without names, sealed at several instants."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.trail.seal import seal
from models.db import reading, unit_of_work
from models.trail.verify import Verified, verify
from models.trail.write import Noted, Signer, write
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way
from tests.cast import at

BEGAN = at("2022-08-15")
LATER = at("2022-09-30")


def add(session: Session, now: datetime, number: int, said: str = "") -> int:
    """A row; every third tells of somebody by name in a typical use."""
    noted = Noted(TrailWhat.ACT, "task", number, said, {"did": {"task.withdrawn": 1}})
    return write(session, noted, now, Signer(Actor.SECRETARIAT, Way.PAGE))


def filled(engine: Engine, count: int = 9) -> Engine:
    """``count`` rows, each third with a name, sealed three at a time a day apart."""
    for number in range(count):
        now = BEGAN + timedelta(days=number // 3, minutes=number)
        with unit_of_work(engine) as session:
            add(session, now, number, "" if number % 3 else f"Nguyễn Văn {number}")
        if number % 3 == 2:
            seal(engine, now + timedelta(minutes=1))
    return engine


def looked_at(engine: Engine, head: str = "", now: datetime = LATER) -> Verified:
    """What a look at the whole finds."""
    with reading(engine) as session:
        return verify(session, now, head)
