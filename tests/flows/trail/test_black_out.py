"""Names of a year that is over go, the chain holds, and a row says that they went."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.trail.black_out import black_out
from flows.actions.trail.seal import seal
from models.db import unit_of_work
from models.trail.rows import TrailName
from rules.refusal import NotAllowed
from rules.vocabulary import Actor
from tests.cast import act, at
from tests.models.trail.trail_book import BEGAN, add, filled, looked_at

NEXT_YEAR = act(Actor.SECRETARIAT, at("2023-01-05"))


def said(engine: Engine) -> list[str | None]:
    with Session(engine) as session:
        return list(session.scalars(sa.select(TrailName.said).order_by(TrailName.trail_id)))


def test_names_go_and_the_chain_holds(engine: Engine) -> None:
    filled(engine)
    with unit_of_work(engine) as session:
        add(session, at("2023-01-01", "00:00"), 10, "Người năm sau")
    assert black_out(engine, 2022, NEXT_YEAR) == 3
    assert said(engine) == [None, None, None, "Người năm sau"]
    found = looked_at(engine, now=NEXT_YEAR.now)
    assert (found.faults, found.blacked_out) == ((), 3)
    seal(engine, NEXT_YEAR.now)
    assert looked_at(engine, now=NEXT_YEAR.now).faults == ()


def test_once_and_only_a_year_that_is_over(engine: Engine) -> None:
    filled(engine)
    with pytest.raises(NotAllowed, match="chưa kết thúc"):
        black_out(engine, 2022, act(Actor.SECRETARIAT, BEGAN + timedelta(days=30)))
    black_out(engine, 2022, NEXT_YEAR)
    with pytest.raises(NotAllowed, match="không còn tên"):
        black_out(engine, 2022, NEXT_YEAR)
