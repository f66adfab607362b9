"""What travels together, who reads it, and how much of it in a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.outbox.bundling import (
    LEADER,
    Hearing,
    Reader,
    Waiting,
    bundle_of,
    hears,
    morning,
    must_wait,
    readers_of,
)
from rules.outbox.kinds import FOR_LEADERS, MORNING, TOGETHER, UNCAPPED
from rules.outbox.payloads.keys import LetterKind

DAY = date(2022, 8, 31)
K = LetterKind
CLERK, EXPERT, BOSS = Reader(1, "van-thu"), Reader(2, "chuyen-vien"), Reader(3, LEADER)
POLICY = Hearing({"van-thu": frozenset({5, 3, 1}), "chuyen-vien": frozenset({3}), LEADER: frozenset({1})}, 5)


def letter(key: int, kind: LetterKind, urgent: bool = False, group: str = "", step: int = 0) -> Waiting:
    return Waiting(key, kind, "stc", DAY, urgent, group, step)


LETTERS = st.builds(
    Waiting,
    st.integers(1, 99),
    st.sampled_from(LetterKind),
    st.just("stc"),
    st.just(DAY),
    st.booleans(),
    st.sampled_from(["", "1", "2"]),
    st.integers(0, 9),
    st.booleans(),
)


@given(LETTERS, LETTERS)
def test_what_travels_together(one: Waiting, other: Waiting) -> None:
    together = bundle_of(one, DAY) == bundle_of(other, DAY)
    if one.id == other.id and one == other:
        assert together
    elif one.urgent != other.urgent:
        assert not together
    elif one.urgent:
        grouped = one.kind in TOGETHER and one.group != ""
        same = (one.kind, one.group) == (other.kind, other.group)
        assert together is (
            same if grouped else one.id == other.id and not (other.kind in TOGETHER and other.group)
        )
    elif one.kind in MORNING:
        assert together is (other.kind in MORNING)
    elif one.kind in TOGETHER:
        assert together is ((one.kind, one.group) == (other.kind, other.group))


@pytest.mark.parametrize("kind", sorted({*MORNING, *TOGETHER}))
@pytest.mark.parametrize("other", LetterKind)
def test_of_ordinary_letters_these_travel_together(kind: LetterKind, other: LetterKind) -> None:
    """Every pair, told outright: a search rarely meets two kinds of the morning side by side."""
    together = bundle_of(letter(1, kind), DAY) == bundle_of(letter(2, other), DAY)
    assert together is (kind is other or {kind, other} <= MORNING)


@given(LETTERS)
def test_a_bundle_bears_its_day(one: Waiting) -> None:
    assert bundle_of(one, DAY).startswith("2022-08-31:")


@given(LETTERS, st.sets(st.sampled_from([CLERK, EXPERT, BOSS])))
def test_whoever_hears_of_it_reads_it(one: Waiting, contacts: set[Reader]) -> None:
    readers = readers_of(one, contacts, POLICY)
    hearing = {reader for reader in contacts if hears(reader.role, one.kind, one.step, POLICY)}
    alone = contacts == {BOSS}
    assert set(readers) == (contacts if alone else hearing)


@pytest.mark.parametrize(
    ("kind", "step", "readers"),
    [
        (K.REMINDER, 5, [CLERK]),
        (K.REMINDER, 3, [CLERK, EXPERT]),
        (K.REMINDER, 1, [CLERK, BOSS]),
        (K.REMINDER, 0, [CLERK, EXPERT]),
        (K.URGING, 1, [CLERK, EXPERT]),
        (K.URGING, 4, [CLERK, EXPERT]),
        (K.URGING, 5, [CLERK, EXPERT, BOSS]),
        (K.ASSIGNMENT, 0, [CLERK, EXPERT]),
        (K.DECISION, 0, [CLERK, EXPERT, BOSS]),
        (K.CROSSING, 2, [CLERK, EXPERT, BOSS]),
        (K.CORRECTION, 0, [CLERK, EXPERT, BOSS]),
        (K.REOPENED, 0, [CLERK, EXPERT, BOSS]),
        (K.RECALLED, 0, [CLERK, EXPERT, BOSS]),
    ],
)
def test_each_role_hears_by_the_policy(kind: LetterKind, step: int, readers: list[Reader]) -> None:
    assert readers_of(letter(1, kind, step=step), [CLERK, EXPERT, BOSS], POLICY) == readers


def test_a_role_that_the_policy_does_not_name_hears_what_all_clerks_do() -> None:
    other = Reader(4, "tong-hop")
    assert readers_of(letter(1, K.REMINDER, step=3), [other, BOSS], POLICY) == [other]
    assert readers_of(letter(1, K.REMINDER, step=2), [other, BOSS], POLICY) == []


def test_leaders_alone_hear_everything() -> None:
    assert readers_of(letter(1, K.REMINDER, step=5), [BOSS], POLICY) == [BOSS]
    assert readers_of(letter(1, K.URGING), [], POLICY) == []
    assert K.REMINDER not in FOR_LEADERS


@given(LETTERS, st.sets(st.text(max_size=3), max_size=5), st.integers(1, 4))
def test_what_is_urgent_never_waits(one: Waiting, had: set[str], a_day: int) -> None:
    if one.urgent:
        assert not must_wait(bundle_of(one, DAY), [one], had, a_day)


def test_one_morning_letter_a_day() -> None:
    late = letter(1, K.URGING)
    assert not must_wait(morning(DAY), [late], set(), 3)
    assert must_wait(morning(DAY), [late], {morning(DAY)}, 3)
    slept = Waiting(1, K.URGING, "stc", DAY, overnight=True)
    assert must_wait(morning(DAY), [slept], {morning(DAY)}, 3)


def test_the_cap_counts_all_ordinary_letters_but_nothing_waits_twice() -> None:
    had = {morning(DAY), "a", "b"}
    fresh, slept = letter(1, K.ASSIGNMENT), Waiting(2, K.ASSIGNMENT, "stc", DAY, overnight=True)
    assert must_wait("c", [fresh], had, 3)
    assert not must_wait("c", [fresh], had, 4)
    assert not must_wait("c", [slept], had, 3)
    for kind in UNCAPPED:
        assert not must_wait("c", [letter(3, kind)], had, 3)
