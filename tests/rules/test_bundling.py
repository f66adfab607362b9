"""What travels together and who reads it."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bundling import (
    FOR_LEADERS,
    LEADER,
    MORNING,
    Hearing,
    Reader,
    Waiting,
    bundle_of,
    bundles,
    hears,
    readers_of,
)
from rules.vocabulary import LetterKind

DAY = date(2022, 8, 31)
K = LetterKind
CLERK, EXPERT, BOSS = Reader(1, "van-thu"), Reader(2, "chuyen-vien"), Reader(3, LEADER)


@st.composite
def posts(draw: st.DrawFn) -> list[Waiting]:
    """Letters of one body, with distinct ids."""
    ids = draw(st.sets(st.integers(1, 99), max_size=15))
    kind, group = st.sampled_from(LetterKind), st.sampled_from(["1", "2"])
    return [Waiting(key, draw(kind), "stc", DAY, draw(st.booleans()), draw(group)) for key in sorted(ids)]


def letter(key: int, kind: LetterKind, urgent: bool = False, group: str = "") -> Waiting:
    return Waiting(key, kind, "stc", DAY, urgent, group)


@given(posts())
def test_each_letter_is_in_exactly_one_bundle(letters: list[Waiting]) -> None:
    found = bundles(letters)
    assert sorted(item.id for item in chain(*found)) == [item.id for item in letters]
    assert all(len({bundle_of(item) for item in bundle}) == 1 for bundle in found)
    assert len({bundle_of(bundle[0]) for bundle in found}) == len(found)


@given(posts())
def test_an_urgent_letter_travels_alone(letters: list[Waiting]) -> None:
    for bundle in bundles(letters):
        assert len(bundle) == 1 or not any(item.urgent for item in bundle)


@given(posts(), st.sets(st.sampled_from([CLERK, EXPERT, BOSS])))
def test_whoever_is_there_is_enough(letters: list[Waiting], contacts: set[Reader]) -> None:
    readers = readers_of(letters, contacts)
    assert bool(readers) is bool(contacts)
    assert len(readers) == len(set(readers))
    assert set(readers) >= contacts - {BOSS}


def test_one_morning_letter() -> None:
    morning = [letter(key, kind) for key, kind in enumerate(sorted(MORNING), start=1)]
    assert bundles([*morning, letter(9, K.DECISION)]) == [morning, [letter(9, K.DECISION)]]


def test_assignments_travel_by_document() -> None:
    first, second = letter(1, K.ASSIGNMENT, group="7"), letter(2, K.ASSIGNMENT, group="8")
    third = letter(3, K.ASSIGNMENT, group="7")
    assert bundles([first, second, third]) == [[first, third], [second]]


def test_cases_stay_apart() -> None:
    kinds = (K.ESCALATION, K.ESCALATION_NOTICE, K.DECISION, K.DIGEST)
    letters = [letter(key, kinds[key % 4]) for key in range(8)]
    assert bundles(letters) == [[item] for item in letters]


def test_routine_goes_to_clerks_and_what_matters_to_leaders_too() -> None:
    office = [CLERK, EXPERT, BOSS]
    assert readers_of([letter(1, K.REMINDER)], office) == [CLERK, EXPERT]
    assert readers_of([letter(1, K.REMINDER), letter(2, K.URGING)], office) == office
    assert readers_of([letter(1, K.REMINDER)], [BOSS]) == [BOSS]
    assert readers_of([letter(1, K.URGING)], []) == []
    assert K.REMINDER not in FOR_LEADERS


OFFICE = Hearing({"van-thu": frozenset({5, 3, 1}), LEADER: frozenset({1})}, leaders_from_days_late=5)


@pytest.mark.parametrize(
    ("role", "kind", "number", "heard"),
    [
        ("van-thu", LetterKind.REMINDER, 5, True),
        ("van-thu", LetterKind.REMINDER, 0, True),
        ("van-thu", LetterKind.REMINDER, 2, False),
        ("chuyen-vien", LetterKind.REMINDER, 5, False),  # no steps of its own in this policy
        ("chuyen-vien", LetterKind.REMINDER, 0, True),
        (LEADER, LetterKind.REMINDER, 3, False),
        (LEADER, LetterKind.REMINDER, 1, True),
        (LEADER, LetterKind.REMINDER, 0, False),
        ("van-thu", LetterKind.URGING, 1, True),
        (LEADER, LetterKind.URGING, 4, False),
        (LEADER, LetterKind.URGING, 5, True),
        (LEADER, LetterKind.DECISION, 0, True),
        (LEADER, LetterKind.ASSIGNMENT, 0, False),
        ("van-thu", LetterKind.ASSIGNMENT, 0, True),
    ],
)
def test_who_hears_what(role: str, kind: LetterKind, number: int, heard: bool) -> None:
    assert hears(role, kind, number, OFFICE) is heard
