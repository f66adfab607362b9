"""A letter's chip is never better than the worst of what carries it."""

from itertools import product

import pytest

from rules.letter_words import LetterState, MessageState
from rules.outbox.letter_standing import Carriage, shown_state

M, L = MessageState, LetterState

#: What one message alone makes of a letter that was sent off.
ALONE = {
    M.QUEUED: M.SENDING,
    M.SENDING: M.SENDING,
    M.SENT: M.SENT,
    M.SAVED: M.SAVED,
    M.OWED: M.OWED,
    M.MOVED: M.FAILED,  # nothing carries it
    M.FAILED: M.FAILED,
    M.UNKNOWN: M.UNKNOWN,
    M.OBSOLETE: M.OBSOLETE,
}


def to(*states: MessageState) -> list[Carriage]:
    """One message to each of several readers."""
    return [Carriage(n, n, state) for n, state in enumerate(states)]


@pytest.mark.parametrize("state", MessageState)
def test_one_part(state: MessageState) -> None:
    assert shown_state(L.DISPATCHED, to(state)) is ALONE[state]


@pytest.mark.parametrize(("first", "second"), list(product(MessageState, repeat=2)))
def test_of_two_readers_the_worse_counts(first: MessageState, second: MessageState) -> None:
    found = shown_state(L.DISPATCHED, to(first, second))
    assert found is shown_state(L.DISPATCHED, to(second, first))
    assert (found is M.SENT) is (
        {first, second} <= {M.SENT, M.MOVED, M.OBSOLETE} and M.SENT in (first, second)
    )
    assert (found is M.UNKNOWN) is (M.UNKNOWN in (first, second))
    carrying = [state for state in (first, second) if state not in (M.MOVED, M.OBSOLETE)]
    if len(carrying) == 1:
        assert found is ALONE[carrying[0]]


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ((M.SENT, M.SENT), M.SENT),
        ((M.SENT, M.SAVED), M.SAVED),
        ((M.SAVED, M.QUEUED), M.SENDING),
        ((M.SENT, M.OWED, M.SENDING), M.OWED),
        ((M.FAILED, M.OWED), M.FAILED),
        ((M.FAILED, M.UNKNOWN, M.SENT), M.UNKNOWN),
        ((M.MOVED, M.OBSOLETE), M.OBSOLETE),
        ((), M.SENDING),
    ],
)
def test_the_order(states: tuple[MessageState, ...], found: MessageState) -> None:
    assert shown_state(L.DISPATCHED, to(*states)) is found


def test_a_failure_made_up_for_elsewhere_is_none() -> None:
    failed, again = Carriage(1, 1, M.FAILED), Carriage(1, 2, M.SENT)
    assert shown_state(L.DISPATCHED, [failed, again]) is M.SENT
    assert shown_state(L.DISPATCHED, [again, failed]) is M.FAILED  # it failed after
    assert shown_state(L.DISPATCHED, [failed, Carriage(1, 1, M.SENT)]) is M.FAILED
    assert shown_state(L.DISPATCHED, [failed, Carriage(2, 2, M.SENT)]) is M.FAILED  # somebody else got it
    assert shown_state(L.DISPATCHED, [failed, Carriage(1, 2, M.MOVED)]) is M.FAILED


@pytest.mark.parametrize("letter", [L.PENDING, L.NO_CONTACT])
def test_a_letter_that_waits_says_so_unless_it_may_have_arrived(letter: LetterState) -> None:
    assert shown_state(letter, []) is letter
    assert shown_state(letter, to(M.SENT, M.MOVED)) is letter
    assert shown_state(letter, to(M.UNKNOWN)) is M.UNKNOWN


def test_a_letter_nobody_needs_says_whether_somebody_has_it() -> None:
    assert shown_state(L.OBSOLETE, []) is L.OBSOLETE
    assert shown_state(L.OBSOLETE, to(M.QUEUED, M.FAILED, M.OWED)) is L.OBSOLETE
    assert shown_state(L.OBSOLETE, to(M.SENT, M.OBSOLETE)) is M.SENT
    assert shown_state(L.OBSOLETE, to(M.SENT, M.UNKNOWN)) is M.UNKNOWN


@pytest.mark.parametrize(("letter", "state"), list(product(LetterState, MessageState)))
def test_only_what_a_provider_took_is_sent(letter: LetterState, state: MessageState) -> None:
    assert shown_state(letter, to(state)) is not L.DISPATCHED
    assert shown_state(letter, to(state)) is not M.SENT or state is M.SENT
