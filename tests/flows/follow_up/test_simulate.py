"""The simulation tells what a real day brings, and leaves no trace of itself."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.committee import Policy
from flows.actions.committee.meetings import plan_meeting
from flows.actions.follow_up import simulate as simulating
from flows.actions.follow_up.simulate import Simulated, SimulatedDay, simulate
from flows.actions.follow_up.tick import tick
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    EVERY_KIND,
    UNREACHABLE,
    Postman,
    act,
    at,
    dump,
    issue,
    move_in,
    office,
    settings,
)

FIRST = date(2022, 8, 22)


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """Tasks of every kind, assigned a week ago; their letters have gone."""
    issue(move_in(engine), *EVERY_KIND)
    tick(engine, office(), at("2022-08-16"), settings(), Postman())
    return engine


def told(days: list[SimulatedDay], kind: LetterKind) -> set[tuple[date, str]]:
    return {(day.day, code) for day in days for one in day.messages for code in one.letters.get(kind, ())}


def test_nothing_of_the_real_database_changes(busy: Engine) -> None:
    before = dump(busy)
    days = list(simulate(busy, office(), FIRST, 20))
    assert sum(len(day.messages) for day in days) > 5
    assert dump(busy) == before


def test_it_tells_what_the_real_days_then_bring(busy: Engine) -> None:
    """Twelve days over the holidays of 1 and 2 September, foretold and then lived."""
    days = list(simulate(busy, office(), FIRST, 12))
    foretold = [len(day.messages) for day in days]
    lived = []
    for day in (FIRST + timedelta(n) for n in range(12)):
        postman = Postman()
        for clock in ("07:30", "17:29"):
            tick(busy, office(), at(day, clock), settings(), postman)
        lived.append(len(postman.carried))
    assert foretold == lived
    assert sum(foretold) > 5
    assert [one.day for one in days if not one.working] == [
        date(2022, 8, 27), date(2022, 8, 28), date(2022, 9, 1), date(2022, 9, 2),
    ]  # fmt: skip
    assert all(not one.messages for one in days if not one.working)


def test_who_gets_what_and_when(busy: Engine) -> None:
    days = list(simulate(busy, office(), FIRST, 20))
    # The deadline is Wednesday 31/8: five, three and one working days before, and on the day.
    reminded = {day for day, code in told(days, LetterKind.REMINDER) if code == "GN-0001"}
    assert reminded == {date(2022, 8, day) for day in (24, 26, 30, 31)}
    assert (date(2022, 9, 5), "GN-0001") in told(days, LetterKind.URGING)  # after the holidays
    [first] = [day for day in days if day.day == date(2022, 8, 24)]
    finance = [one for one in first.messages if one.agency == "Sở Tài chính"]
    assert finance
    assert ("van-thu", at("2022-08-24", "07:30")) in {(one.role, one.at) for one in finance}
    assert {one.letters[LetterKind.REMINDER] for one in finance} == {("GN-0001",)}


def test_another_policy_brings_another_week(busy: Engine) -> None:
    policy = Policy.model_validate(
        {"reminders": {"before_working_days": {"van-thu": [2], "chuyen-vien": [2], "lanh-dao": [2]}}}
    )
    days = list(simulate(busy, office(), FIRST, 10, policy))
    reminded = {day for day, code in told(days, LetterKind.REMINDER) if code == "GN-0001"}
    assert reminded == {date(2022, 8, 29), date(2022, 8, 31)}


def test_the_digest_before_a_meeting_is_foretold(busy: Engine) -> None:
    plan_meeting(busy, date(2022, 8, 26), "Họp Ban Chỉ đạo", act(Actor.SECRETARIAT, at("2022-08-16")))

    def digests(before: int) -> list[date]:
        policy = Policy.model_validate({"digest": {"before_meeting_working_days": before}})
        days = simulate(busy, office(), FIRST, 7, policy)
        return [day.day for day in days if any(LetterKind.DIGEST in one.letters for one in day.messages)]

    assert digests(1) == [date(2022, 8, 22), date(2022, 8, 25)]
    assert digests(2) == [date(2022, 8, 22), date(2022, 8, 24)]
    assert digests(0) == [date(2022, 8, 22), date(2022, 8, 26)]


def test_a_body_without_an_address_is_named(engine: Engine) -> None:
    issue(move_in(engine), *EVERY_KIND)
    [day] = simulate(engine, office(), date(2022, 8, 15), 1)
    from models.db import reading
    from models.tables.agencies import Agency

    with reading(engine) as session:
        assert day.unreached == (session.get_one(Agency, UNREACHABLE).name,)


def test_the_past_may_be_tried_on_the_copy(busy: Engine) -> None:
    before = dump(busy)
    [day] = simulate(busy, office(), date(2022, 8, 10), 1)
    assert day.messages == ()
    assert dump(busy) == before


@pytest.mark.parametrize(
    ("first", "days", "words"),
    [
        (FIRST, 0, "từ 1 đến 366"),
        (FIRST, 367, "từ 1 đến 366"),
        (date(2027, 12, 31), 2, "Chưa có lịch ngày làm việc năm 2028"),
        (date(2019, 1, 1), 3, "Chưa có lịch ngày làm việc năm 2019"),
    ],
)
def test_days_that_cannot_be_told(sqlite_engine: Engine, first: date, days: int, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        simulate(sqlite_engine, office(), first, days)


def test_the_copy_is_gone_afterwards(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "trials"
    folder.mkdir()
    monkeypatch.setattr(simulating, "TemporaryDirectory", _in(folder))
    issue(move_in(sqlite_engine), DATED)
    [day] = simulate(sqlite_engine, office(), date(2022, 8, 15), 1)
    assert [type(one) for one in day.messages[:1]] == [Simulated]
    assert list(folder.iterdir()) == []


def _in(folder: Path) -> object:
    from functools import partial
    from tempfile import TemporaryDirectory

    return partial(TemporaryDirectory, dir=folder)
