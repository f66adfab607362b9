"""The steps of the sweeps, without Prefect around them: whose time they take, and a clock that leaped."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from config.settings import get_settings
from flows import daily_follow_up, deliver_outbox, issue_directives, send_digests
from flows.actions.installation.instant import read_clock
from flows.actions.installation.own_time import give_own_time
from flows.sweeping import Swept, as_markdown
from models.installation.clock_leaps import ClockLeap
from rules.refusal import Refusal
from tests.cast import DATED, FINANCE_MAIL, Postman, at, decided, dump, issue, move_in, rows
from tests.flows.installation.wall import Wall, go
from tests.flows.installation.wall import wall as wall

Step = Callable[[datetime | None], Swept]
STEPS: dict[str, Step] = {
    "issue": issue_directives.issue.fn,
    "follow up": daily_follow_up.decide.fn,
    "digest": send_digests.write.fn,
    "deliver": deliver_outbox.send.fn,
}
every_step = pytest.mark.parametrize("name", STEPS)


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Postman:
    found = Postman()
    monkeypatch.setattr("notifications.channels.registry.post", found)
    return found


@pytest.fixture
def opened(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database that the sweeps open: an office's own, with a register."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    get_settings.cache_clear()
    yield engine
    get_settings.cache_clear()


@every_step
def test_an_offices_own_database_is_given_no_time(opened: Engine, postman: Postman, name: str) -> None:
    issue(move_in(opened), DATED)
    before = dump(opened)
    with pytest.raises(Refusal, match="«dondoc migrate --own-time»"):
        STEPS[name](at("2022-09-05"))
    assert (dump(opened), postman.carried) == (before, [])


@every_step
def test_one_that_was_made_for_it_is(opened: Engine, postman: Postman, name: str) -> None:
    give_own_time(opened)
    issue(move_in(opened), DATED)
    assert STEPS[name](at("2022-09-05")).now == at("2022-09-05")


@every_step
def test_a_clock_that_leaped_decides_nothing(opened: Engine, postman: Postman, wall: Wall, name: str) -> None:
    issue(move_in(opened), DATED)
    wall("2022-08-15", "09:00")
    go(opened)
    before = decided(opened)
    wall("2022-10-20")
    swept = STEPS[name](None)
    assert swept.summary.startswith("Đồng hồ của máy chỉ ngày 20/10/2022, muộn hơn 66 ngày")
    assert swept.now == at("2022-08-16", "07:35")
    first = as_markdown("T", swept).splitlines()[6]
    assert first.startswith("| Đồng hồ của máy chưa được xác nhận | ")
    assert "«dondoc clock confirm»" in first
    assert decided(opened) | {"clock_leap": []} == before
    assert [row.shown for row in rows(opened, ClockLeap)] == [at("2022-10-20", "07:35")]


def test_the_delivery_still_sends_what_waited_and_its_event_names_the_clock(
    opened: Engine, postman: Postman, wall: Wall
) -> None:
    issue(move_in(opened), DATED)
    wall("2022-08-15", "09:00")
    go(opened)
    issue(opened, DATED, clock="09:30", number="9/TB")
    wall("2022-10-20")
    clock = read_clock(opened)
    assert clock.leap is not None
    [signal] = deliver_outbox.send.fn(None).signals
    assert signal.payload["clock"] == clock.leap.words
    assert FINANCE_MAIL in postman.take()


@every_step
def test_any_sweep_finds_that_the_clock_is_right_again(
    opened: Engine, postman: Postman, wall: Wall, name: str
) -> None:
    issue(move_in(opened), DATED)
    for day in ("2022-08-15", "2022-10-20"):
        wall(day, "09:00")
        go(opened)
    wall("2022-08-16", "09:00")
    assert STEPS[name](None).now == at("2022-08-16", "09:00")
    assert [row.over_at for row in rows(opened, ClockLeap)] == [at("2022-08-16", "09:00")]
