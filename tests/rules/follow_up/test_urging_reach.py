"""Whether an urging came to anybody, state by state; and the words that say it.

Seen to fail when SAVED does not count, when what is owed counts, when the day of the urging is not asked,
and when a paper that was issued is passed over.
"""

from datetime import date, timedelta

import pytest

from rules.deadlines.wording import crossing_text, numbers_words, unheard_words
from rules.follow_up.urging_reach import Carrier, Course, reach_of
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.vocabulary import Rung

M, L, R = MessageState, LetterState, UrgingReach
TODAY = date(2022, 9, 12)
BEFORE = TODAY - timedelta(days=7)

#: What one message makes of an urging of today whose letter was sent off; and of one of last week.
ALONE = {
    M.SENT: (R.REACHED, R.REACHED),
    M.SAVED: (R.REACHED, R.REACHED),
    M.UNKNOWN: (R.UNSURE, R.UNSURE),
    M.SENDING: (R.ON_ITS_WAY, R.ON_ITS_WAY),
    M.QUEUED: (R.ON_ITS_WAY, R.UNREACHED),
    M.OWED: (R.UNREACHED, R.UNREACHED),
    M.MOVED: (R.UNREACHED, R.UNREACHED),
    M.FAILED: (R.UNREACHED, R.UNREACHED),
    M.OBSOLETE: (R.UNREACHED, R.UNREACHED),
}


def reach(letter: LetterState | None, *states: MessageState, on: date = TODAY, **more: bool) -> UrgingReach:
    return reach_of(Course(on, letter, [Carrier(state) for state in states], **more), TODAY)


@pytest.mark.parametrize("state", MessageState)
def test_one_message(state: MessageState) -> None:
    assert (reach(L.DISPATCHED, state), reach(L.DISPATCHED, state, on=BEFORE)) == ALONE[state]


@pytest.mark.parametrize("letter", LetterState)
@pytest.mark.parametrize("state", [M.SENT, M.SAVED])
def test_one_reader_is_enough_whatever_became_of_the_rest(letter: LetterState, state: MessageState) -> None:
    assert reach(letter, state, *MessageState, on=BEFORE) is R.REACHED
    others = set(MessageState) - {M.SENT, M.SAVED}
    assert reach(letter, *sorted(others), on=BEFORE) is R.UNSURE


@pytest.mark.parametrize(
    ("letter", "found"),
    [
        (L.PENDING, R.ON_ITS_WAY),
        (L.NO_CONTACT, R.UNREACHED),
        (L.OBSOLETE, R.UNREACHED),  # dropped, for whatever reason: nobody has it
        (L.DISPATCHED, R.UNREACHED),  # and nothing carries it
        (None, R.REACHED),  # by hand
    ],
)
def test_a_letter_that_nothing_carries(letter: LetterState | None, found: UrgingReach) -> None:
    for day in (TODAY, BEFORE):
        assert reach(letter, on=day) is found


def test_what_waits_has_no_way_where_none_is_open() -> None:
    assert reach(L.PENDING, open_road=False) is R.UNREACHED
    stopped = Course(TODAY, L.DISPATCHED, [Carrier(M.QUEUED, stopped=True)])
    assert reach_of(stopped, TODAY) is R.UNREACHED


@pytest.mark.parametrize("letter", LetterState)
def test_a_paper_that_was_issued_carried_it(letter: LetterState) -> None:
    assert reach(letter, M.OWED, on=BEFORE, by_paper=True) is R.REACHED


@pytest.mark.parametrize(
    ("urged", "unreached", "unsure", "words"),
    [
        (4, 0, 0, ""),
        (1, 1, 0, ", chưa đến nơi nhận"),
        (4, 4, 0, ", cả 4 lần đều chưa đến nơi nhận"),
        (4, 3, 0, ", trong đó 3 lần chưa đến nơi nhận"),
        (1, 0, 1, ", chưa rõ đã đến nơi nhận hay chưa"),
        (2, 0, 2, ", cả 2 lần đều chưa rõ đã đến nơi nhận hay chưa"),
        (3, 0, 1, ", trong đó 1 lần chưa rõ đã đến nơi nhận hay chưa"),
        (3, 2, 1, ", trong đó 2 lần chưa đến nơi nhận, 1 lần chưa rõ đã đến nơi nhận hay chưa"),
    ],
)
def test_the_words(urged: int, unreached: int, unsure: int, words: str) -> None:
    assert unheard_words(urged, unreached, unsure) == words
    said = crossing_text(Rung.CHAIR, BEFORE, urged, TODAY, unreached, unsure)
    assert said.endswith(f"đã đôn đốc {urged} lần{words}.")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([3], "lần 3"), ([1, 2], "lần 1, 2"), ([1, 2, 3, 4], "lần 1 đến lần 4"), ([1, 2, 5], "lần 1, 2, 5")],
)
def test_numbers_of_a_series(numbers: list[int], words: str) -> None:
    assert numbers_words(numbers) == words
