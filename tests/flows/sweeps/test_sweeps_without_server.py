"""What a sweep does when Prefect's server is gone at its end, and when others are at work beside it."""

import logging
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from httpx import ConnectError, HTTPStatusError, Request, Response
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.office import Office
from config.settings import get_settings
from flows import deliver_outbox, sweeping
from flows.actions.installation.own_time import give_own_time
from flows.actions.trail.keep import keep_trail
from flows.sweeping import ELSEWHERE, Swept, concluded
from models.database.locks import exclusive
from tests.cast import DATED, Postman, at, dump, issue, move_in, office

NOW = at("2022-08-15", "09:00")
SWEPT = Swept(NOW, "Đã gửi 3.", (("Đã gửi", "3"),))
ASKED = Request("POST", "http://127.0.0.1:1/api/artifacts")


@pytest.mark.parametrize(
    "error", [ConnectError("gone"), HTTPStatusError("busy", request=ASKED, response=Response(503))]
)
def test_an_artifact_that_cannot_be_kept_fails_nothing(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        assert PREFECT_CLIENT_MAX_RETRIES.value() == sweeping.ARTIFACT_RETRIES
        raise error

    monkeypatch.setattr(sweeping, "create_markdown_artifact", away)
    monkeypatch.setattr(sweeping, "get_run_logger", lambda: logging.getLogger("run"))
    state = concluded("deliver-outbox", "Gửi thư", SWEPT)
    assert (state.is_completed(), state.message) == (True, "Đã gửi 3.")
    assert caplog.messages == [f"The artifact was not kept: {type(error).__name__}."]


def test_a_fault_of_ours_is_not_taken_for_an_absent_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise TypeError

    monkeypatch.setattr(sweeping, "create_markdown_artifact", wrong)
    with pytest.raises(TypeError):
        concluded("deliver-outbox", "Gửi thư", SWEPT)


@pytest.fixture
def send(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Swept]:
    """The delivery step without Prefect, on an office with letters waiting and a trail that is sealed."""
    give_own_time(move_in(engine))
    issue(engine, DATED)
    keep_trail(engine, by_clock(NOW, office()), get_settings())

    def this_office() -> Office:
        return office()

    monkeypatch.setattr(deliver_outbox, "office_database", lambda: engine)
    monkeypatch.setattr(deliver_outbox, "this_office", this_office)
    monkeypatch.setattr("notifications.channels.registry.post", Postman())
    return lambda: deliver_outbox.send.fn(NOW)


def test_a_third_delivery_run_leaves_the_runner_its_place(engine: Engine, send: Callable[[], Swept]) -> None:
    before = dump(engine)
    with ExitStack() as others:
        for number in range(deliver_outbox.RUNS_AT_ONCE):
            assert others.enter_context(exclusive(engine, f"deliver_outbox {number}"))
        assert send().summary == ELSEWHERE
    assert dump(engine) == before


def test_a_second_delivery_run_works_beside_the_first(engine: Engine, send: Callable[[], Swept]) -> None:
    with exclusive(engine, "deliver_outbox 0") as ours:
        assert ours
        assert send().summary.startswith("Đã gửi ")
    assert send().summary != ELSEWHERE
