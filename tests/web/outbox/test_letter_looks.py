"""Every state of a letter and of a message is drawn, and green is one that a provider took."""

from itertools import chain

from rules.letter_words import LetterState, MessageState
from web.kit.letter_looks import LOOKS, letter_look


def test_every_state_is_drawn() -> None:
    assert set(LOOKS) == set(chain(MessageState, LetterState))


def test_only_what_a_provider_took_is_green() -> None:
    green = [state for state in chain(MessageState, LetterState) if letter_look(state)[0] == "done"]
    assert green == [MessageState.SENT]
