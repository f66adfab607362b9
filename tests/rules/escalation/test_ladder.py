"""The authority ladder: who answers, within which days, and where silence ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.escalation.answers import check_answer
from rules.escalation.ladder import ORDER, Standing, climb, first_rung, next_rung, stand_on
from rules.refusal import NotAllowed
from rules.vocabulary import Answer, Rung
from tests.cast import office

CALENDAR = office().calendar
DAYS = {Rung.STANDING: 3, Rung.CHAIR: 5, Rung.PROVINCE: 10}
ON = date(2022, 8, 26)


def test_a_case_starts_above_whoever_raised_it() -> None:
    assert first_rung(raised_by_standing_agency=False) is Rung.STANDING
    assert first_rung(raised_by_standing_agency=True) is Rung.CHAIR


@pytest.mark.parametrize(
    ("rung", "answer_by"),
    [
        (Rung.STANDING, date(2022, 8, 31)),
        (Rung.CHAIR, date(2022, 9, 6)),  # over the holidays of 1/9 and 2/9
        (Rung.PROVINCE, date(2022, 9, 13)),
    ],
)
def test_each_rung_has_its_working_days(rung: Rung, answer_by: date) -> None:
    assert stand_on(rung, ON, DAYS, CALENDAR) == Standing(rung, ON, answer_by)


def test_the_last_day_still_belongs_to_the_rung() -> None:
    standing = stand_on(Rung.STANDING, ON, DAYS, CALENDAR)
    assert climb(standing, date(2022, 8, 31), DAYS, CALENDAR) is None
    above = climb(standing, date(2022, 9, 5), DAYS, CALENDAR)
    assert above == Standing(Rung.CHAIR, date(2022, 9, 5), date(2022, 9, 12))


@given(st.integers(0, 400))
def test_silence_never_leaves_the_province(days: int) -> None:
    standing = stand_on(Rung.PROVINCE, ON, DAYS, CALENDAR)
    assert climb(standing, ON + timedelta(days=days), DAYS, CALENDAR) is None


@given(st.sampled_from([Rung.STANDING, Rung.CHAIR]), st.integers(0, 60))
def test_silence_climbs_one_rung_and_gives_it_its_full_time(rung: Rung, days: int) -> None:
    standing, today = stand_on(rung, ON, DAYS, CALENDAR), ON + timedelta(days=days)
    above = climb(standing, today, DAYS, CALENDAR)
    assert (above is None) is (today <= standing.answer_by)
    if above is not None:
        assert above.rung is next_rung(rung)
        assert above.since == today
        assert CALENDAR.between(today, above.answer_by) == DAYS[above.rung]


@pytest.mark.parametrize("rung", Rung)
def test_who_may_answer_what(rung: Rung) -> None:
    full = {Answer.DECIDE, Answer.RETURN, Answer.PASS_UP}
    expected = {Rung.STANDING: full - {Answer.DECIDE}, Rung.CHAIR: full, Rung.PROVINCE: full}.get(rung, set())
    for answer in Answer:
        if answer in expected:
            check_answer(rung, answer, "Ý kiến.", "Trưởng Ban")
        else:
            with pytest.raises(NotAllowed, match=rung.label):
                check_answer(rung, answer, "Ý kiến.", "Trưởng Ban")


def test_the_order_has_a_top() -> None:
    assert [next_rung(rung) for rung in ORDER] == [*ORDER[1:], None]
    assert set(ORDER) == set(Rung)
