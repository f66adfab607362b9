"""A wall clock for tests that shows what it is told to, and ticks that go by it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from flows.actions.follow_up.tick import TickReport, tick
from flows.actions.installation import instant
from tests.cast import Postman, at, office, settings

Wall = Callable[..., datetime]


def wall_of(patch: pytest.MonkeyPatch) -> Wall:
    """``wall("2022-10-20", "07:35")``: what the machine's clock shows from now on; returns the instant."""

    def show(day: str, clock: str = "07:35") -> datetime:
        shown = at(day, clock)
        patch.setattr(instant, "wall_now", lambda: shown)
        return shown

    return show


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """See ``wall_of``."""
    return wall_of(monkeypatch)


def go(engine: Engine, postman: Postman | None = None, given: datetime | None = None) -> TickReport:
    """A tick by the wall clock, or at ``given``."""
    return tick(engine, office(), given, settings(), postman or Postman())
