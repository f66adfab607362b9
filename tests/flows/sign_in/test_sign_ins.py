"""A sign-in stands while it is used, belongs to one person, and ends at once when it is ended."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.sign_in.accounts import shut
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import (
    StandingSignIn,
    end_all,
    end_one,
    list_of,
    open_sign_in,
    renew,
    sign_in_of,
    touch,
)
from models.db import reading, unit_of_work
from models.tables.sign_in import SignedIn
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.sign_in.words import SignInWay
from rules.trail.words import TrailWhat
from tests.cast import FINANCE, move_in
from tests.flows.racing.race import at_once
from tests.flows.sign_in.people import NOW, SEEN, deactivated, link, noted, person, rows_of, seated, use_up

HOUR = timedelta(hours=1)


def opened(engine: Engine, person_id: int, second: bool = False) -> str:
    return open_sign_in(engine, person_id, SignInWay.PASSWORD, SEEN, NOW, second)


def standing(engine: Engine, token: str, now: object = NOW) -> StandingSignIn | None:
    with reading(engine) as session:
        return sign_in_of(session, token, now)  # type: ignore[arg-type]


def one(engine: Engine, token: str) -> int:
    found = standing(engine, token)
    assert found is not None
    return found.id


def test_a_token_is_of_its_person(engine: Engine) -> None:
    hoa, other = person(engine), person(engine, email="b@c.example")
    mine, others = opened(engine, hoa, second=True), opened(engine, other)
    found = standing(engine, mine)
    assert found is not None
    assert (found.person_id, found.way, found.second_at) == (hoa, SignInWay.PASSWORD, NOW)
    assert standing(engine, others).second_at is None  # type: ignore[union-attr]
    for word in ("", mine[:-1], mine + "x", mine.swapcase(), "x" * 10_000_000, "ữ", "\ud800", "\x00"):
        assert standing(engine, word) is None
    assert mine not in repr(rows_of(engine, SignedIn))
    assert [(row.person_id, row.data["way"]) for row in noted(engine, TrailWhat.SIGNED_IN)] == [
        (hoa, "password"), (other, "password")
    ]  # fmt: skip


def test_it_ends_by_itself_unless_it_is_used(engine: Engine) -> None:
    token = opened(engine, person(engine))
    number = one(engine, token)
    assert standing(engine, token, NOW + 8 * HOUR) is None
    for hours in range(7, 7 * 24, 7):
        assert standing(engine, token, NOW + hours * HOUR)
        touch(engine, number, NOW + hours * HOUR)
    assert standing(engine, token, NOW + 7 * 24 * HOUR) is None


def test_use_is_written_once_a_minute(engine: Engine) -> None:
    number = one(engine, opened(engine, person(engine)))
    written = []
    for second in (30, 59, 60, 61, 119, 120):
        touch(engine, number, NOW + timedelta(seconds=second))
        [row] = rows_of(engine, SignedIn)
        written.append(int((row.seen_at - NOW).total_seconds()))
    assert written == [0, 0, 60, 60, 60, 120]
    touch(engine, 99, NOW)  # nobody's


def test_who_is_gone_is_out_at_once_and_does_not_come_back_by_it(engine: Engine) -> None:
    """Break: leave ``Person.active`` out of the read, or the sign-ins as they are when she leaves."""
    hoa = person(engine)
    token, unused = opened(engine, hoa), link(engine, hoa)
    deactivated(engine, hoa)
    assert standing(engine, token) is None
    with unit_of_work(engine) as session:
        assert shut(session, hoa, NOW) == 1
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE person SET active = true"))
    assert standing(engine, token) is None
    with pytest.raises(NotAllowed, match="thu hồi"):
        use_up(engine, unused, NOW)


def test_nobody_signs_in_who_is_gone(engine: Engine) -> None:
    gone = person(engine, active=False)
    for who in (gone, 99):
        with pytest.raises(NotAllowed, match="ngừng sử dụng"):
            opened(engine, who)
    assert rows_of(engine, SignedIn) == []


def test_a_sign_in_is_ended_by_its_person_only(engine: Engine) -> None:
    hoa, other = person(engine), person(engine, email="b@c.example")
    first, second, others = opened(engine, hoa), opened(engine, hoa), opened(engine, other)
    for number in (one(engine, others), 99):
        with pytest.raises(NotFound):
            end_one(engine, hoa, number, NOW)
    number = one(engine, first)
    end_one(engine, hoa, number, NOW)
    end_one(engine, hoa, number, NOW)
    assert standing(engine, first) is None
    assert standing(engine, second)
    assert standing(engine, others)
    assert len(noted(engine, TrailWhat.SIGNED_OUT)) == 1


def test_all_but_this_one_are_ended(engine: Engine) -> None:
    hoa, other = person(engine), person(engine, email="b@c.example")
    tokens = [opened(engine, hoa) for _ in range(3)]
    others = opened(engine, other)
    end_all(engine, hoa, NOW, but=one(engine, tokens[1]))
    assert [standing(engine, token) is not None for token in (*tokens, others)] == [False, True, False, True]
    end_all(engine, hoa, NOW)
    end_all(engine, hoa, NOW)
    assert standing(engine, tokens[1]) is None
    assert [row.data["count"] for row in noted(engine, TrailWhat.SIGN_IN_ENDED)] == [2, 1]


def test_another_seat_asks_for_another_token(engine: Engine) -> None:
    move_in(engine)
    hoa = person(engine)
    old = opened(engine, hoa)
    before = standing(engine, old)
    assert before is not None
    assert before.seats == ""
    seated(engine, hoa, SeatRole.CLERK, FINANCE)
    new = renew(engine, before.id, NOW)
    after = standing(engine, new)
    assert standing(engine, old) is None
    assert after is not None
    assert (after.id, after.began_at) == (before.id, before.began_at)
    assert ":clerk:" in after.seats


def test_a_second_factor_asks_for_another_token(engine: Engine) -> None:
    old = opened(engine, person(engine))
    new = renew(engine, one(engine, old), NOW + HOUR, second=True)
    assert standing(engine, old) is None
    assert standing(engine, new).second_at == NOW + HOUR  # type: ignore[union-attr]


def test_what_has_ended_is_not_renewed(engine: Engine) -> None:
    hoa = person(engine)
    number = one(engine, opened(engine, hoa))
    end_all(engine, hoa, NOW)
    for ended in (number, 99):
        with pytest.raises(Overtaken):
            renew(engine, ended, NOW, second=True)


def test_two_requests_of_one_browser_renew_once(engine: Engine) -> None:
    """Else the browser keeps the cookie that came first, and is out. Break: swap on the id alone."""
    move_in(engine)
    hoa = person(engine)
    number = one(engine, opened(engine, hoa))
    seated(engine, hoa, SeatRole.CLERK, FINANCE)
    outcomes = at_once(engine, [lambda e: renew(e, number, NOW)] * 2, engine.dialect.name == "postgresql")
    [token] = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert [type(outcome) for outcome in outcomes if outcome is not token] == [Overtaken]
    assert standing(engine, token)


def test_ones_own_are_listed(engine: Engine) -> None:
    hoa = person(engine)
    agent = "Mozilla\u202e" + "x" * 5_000
    open_sign_in(engine, hoa, SignInWay.LINK, CameFrom("2001:db8::1", agent), NOW)
    last = open_sign_in(engine, hoa, SignInWay.OIDC, SEEN, NOW + HOUR)
    opened(engine, person(engine, email="b@c.example"))
    end_one(engine, hoa, one(engine, opened(engine, hoa)), NOW)
    found_last = standing(engine, last, NOW + HOUR)
    with reading(engine) as session:
        found = list_of(session, hoa, NOW + HOUR)
        [line] = list_of(session, hoa, NOW + 8 * HOUR)
    assert found_last is not None
    assert line.id == found_last.id
    assert [(line.way, line.address) for line in found] == [
        (SignInWay.OIDC, SEEN.address), (SignInWay.LINK, "2001:db8::1")
    ]  # fmt: skip
    assert len(found[1].agent) <= 200
    assert "\u202e" not in found[1].agent
