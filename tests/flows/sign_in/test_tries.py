"""Who tries too often waits, and locks nobody else out."""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from flows.actions.sign_in import tries
from flows.actions.sign_in.passwords import try_password
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import open_sign_in, sign_in_of
from models.db import reading
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from tests.flows.sign_in.people import HOA, HOAS, NOW, SEEN, link, noted, person, use_up

HERE, THERE = CameFrom("10.0.0.7"), CameFrom("10.0.0.8")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of the library by minutes."""
    from limits.storage import memory

    class Clock:
        now = memory.time.time()

        @classmethod
        def time(cls) -> float:
            return cls.now

    monkeypatch.setattr(memory, "time", Clock)

    def move(minutes: float) -> None:
        Clock.now += minutes * 60

    return move


def guess(engine: Engine, seen: CameFrom, times: int, email: str = HOA) -> None:
    for number in range(times):
        assert try_password(engine, email, f"a guess {number}", seen, NOW) is None


def test_a_guesser_is_locked_out_and_nobody_else(
    sqlite_engine: Engine, later: Callable[[float], None]
) -> None:
    """Break: count tries by account alone."""
    hoa = person(sqlite_engine)
    stands = open_sign_in(sqlite_engine, hoa, SignInWay.PASSWORD, HERE, NOW)
    guess(sqlite_engine, HERE, 10)
    assert try_password(sqlite_engine, HOA, HOAS, HERE, NOW) is None  # right, and too late
    assert try_password(sqlite_engine, HOA, HOAS, THERE, NOW) == hoa
    assert use_up(sqlite_engine, link(sqlite_engine, hoa), NOW).person_id == hoa
    with reading(sqlite_engine) as session:
        assert sign_in_of(session, stands, NOW)
    later(14)
    assert try_password(sqlite_engine, HOA, HOAS, HERE, NOW) is None
    later(15.1)
    assert try_password(sqlite_engine, HOA, HOAS, HERE, NOW) == hoa


def test_what_comes_after_the_lock_does_not_fill_the_trail(sqlite_engine: Engine) -> None:
    person(sqlite_engine)
    guess(sqlite_engine, HERE, 25)
    assert len(noted(sqlite_engine, TrailWhat.SIGN_IN_FAILED)) == 10


def test_the_right_password_forgives_what_was_mistyped(sqlite_engine: Engine) -> None:
    hoa = person(sqlite_engine)
    for _ in range(3):
        guess(sqlite_engine, HERE, 9)
        assert try_password(sqlite_engine, HOA, HOAS, HERE, NOW) == hoa


def test_an_account_that_all_the_world_tries_becomes_slow_and_never_closed(
    sqlite_engine: Engine, later: Callable[[float], None]
) -> None:
    """Break: refuse where the account has too many tries."""
    hoa = person(sqlite_engine)
    for host in range(60):
        guess(sqlite_engine, CameFrom(f"192.0.2.{host}"), 1)
    assert try_password(sqlite_engine, HOA, HOAS, SEEN, NOW) == hoa
    other = CameFrom("198.51.100.9")
    guess(sqlite_engine, other, 1)
    assert try_password(sqlite_engine, HOA, HOAS, other, NOW) is None  # within the minute
    later(1.1)
    assert try_password(sqlite_engine, HOA, HOAS, other, NOW) == hoa


def test_a_network_of_very_many_failures_is_turned_away_unheard(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An IPv6 customer has a /64 of addresses. Break: count by address."""
    person(sqlite_engine)
    for host in range(100):
        tries.was_wrong(f"name{host}@x.example", f"2001:db8:1:2::{host:x}")
    from flows.actions.sign_in import hashing

    monkeypatch.setattr(hashing, "verified", None)  # not even hashed
    for email in (HOA, "nobody@x.example"):
        with pytest.raises(tries.TooManyTries, match="mạng của bạn"):
            try_password(sqlite_engine, email, HOAS, CameFrom("2001:db8:1:2:ffff::1"), NOW)
    tries.check_network("2001:db8:1:3::1")


def test_whatever_is_typed_the_memory_stays_small() -> None:
    """Break: use what was typed as the key."""
    keys = {tries._bucket(f"{number}@x.example", "10.0.0.7") for number in range(300_000)}
    assert len(keys) <= 65_536


def test_codes_of_a_telephone_are_counted_by_person() -> None:
    assert [tries.may_try_code(1) for _ in range(6)] == [True] * 5 + [False]
    assert tries.may_try_code(2)
    tries.code_was_right(1)
    assert tries.may_try_code(1)
