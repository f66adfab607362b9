"""Ages of a sign-in, steps and shapes of codes, seats that ask for a second factor, networks."""

from datetime import timedelta

import pytest

from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat
from rules.sign_in.ages import Ages
from rules.sign_in.codes import recovery_code, shown, totp_code
from rules.sign_in.networks import network_of
from rules.sign_in.second_factor import Demand, seats_mark
from rules.sign_in.totp_steps import step_of, steps_to_try
from tests.cast import at

NOW = at("2022-08-15")
AGES = Ages(idle=timedelta(hours=8), whole=timedelta(days=7))


@pytest.mark.parametrize(
    ("began", "seen", "stands"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=7, minutes=59), timedelta(hours=7, minutes=59), True),
        (timedelta(hours=8), timedelta(hours=8), False),
        (timedelta(days=6, hours=23), timedelta(minutes=1), True),
        (timedelta(days=7), timedelta(0), False),
        (timedelta(minutes=-3), timedelta(minutes=-3), True),  # two machines, two clocks
        (timedelta(days=-1), timedelta(days=-1), False),  # begun by a clock that was wrong
    ],
)
def test_a_sign_in_ends_by_itself(began: timedelta, seen: timedelta, stands: bool) -> None:
    assert AGES.stands(NOW - began, NOW - seen, NOW) is stands


def test_three_steps_may_be_tried_and_none_again() -> None:
    here = step_of(NOW)
    assert steps_to_try(NOW, 0) == (here - 1, here, here + 1)
    assert steps_to_try(NOW, here - 1) == (here, here + 1)
    assert steps_to_try(NOW, here + 1) == ()


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456"])
def test_digits_of_a_telephone(typed: str) -> None:
    assert totp_code(typed) == "123456"
    assert recovery_code(typed) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "12345a", "1" * 10_000_000])
def test_what_is_no_code(typed: str) -> None:
    assert (totp_code(typed), recovery_code(typed)) == (None, None)


def test_a_recovery_code_is_read_as_it_is_shown() -> None:
    code = "abcdefghij234567"
    assert shown(code) == "abcd-efgh-ij23-4567"
    assert recovery_code(f" {shown(code).upper()} ") == code


DEMAND = Demand(frozenset({SeatRole.ADMIN}), frozenset({SeatRole.HEAD}))


@pytest.mark.parametrize(
    ("roles", "new", "trusted"),
    [
        ((), False, False),
        ((SeatRole.CLERK,), False, False),
        ((SeatRole.CLERK, SeatRole.HEAD), True, False),
        ((SeatRole.CLERK, SeatRole.ADMIN), True, True),
    ],
)
def test_the_weightiest_seat_counts(roles: tuple[SeatRole, ...], new: bool, trusted: bool) -> None:
    seats = [HeldSeat(number, role, "x", instead_of=7) for number, role in enumerate(roles)]
    assert (DEMAND.asks(seats, False), DEMAND.asks(seats, True)) == (new, trusted)


def test_a_mark_tells_sets_of_seats_apart() -> None:
    own, lent = HeldSeat(1, SeatRole.HEAD, "a"), HeldSeat(2, SeatRole.HEAD, "b", instead_of=5)
    assert seats_mark([own, lent]) == seats_mark([lent, own])
    others = [(), [own], [lent], [HeldSeat(1, SeatRole.CLERK, "a"), lent], [own, HeldSeat(2, SeatRole.HEAD)]]
    assert len({seats_mark(seats) for seats in ([own, lent], *others)}) == 6


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::/64"), ("testclient", "testclient"), ("", ""), ("x" * 900, "x" * 64),
    ],
)  # fmt: skip
def test_a_customer_of_ipv6_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
