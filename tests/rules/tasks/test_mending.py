"""What an issued task may be made to say, and which deadline then is in force."""

from dataclasses import replace
from datetime import date

import pytest

from rules.deadlines.wording import urging_by_hand, urging_text
from rules.refusal import NotAllowed
from rules.tasks.mending import (
    MOST_CHARACTERS,
    DueDates,
    TaskReading,
    check_paper_day,
    check_reading,
    differences,
    in_force,
)
from rules.vocabulary import CorrectionField
from tests.cast import office

F = CorrectionField
READ = TaskReading("Tham mưu cân đối kinh phí.", "stc", frozenset({"sct"}), date(2022, 8, 31))
CALENDAR = office().calendar
ISSUED, PAPER, LATER = date(2022, 8, 31), date(2022, 9, 15), date(2022, 9, 30)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, ()),
        ({"text": "Tham mưu  cân đối\nkinh phí. "}, ()),  # blanks are no words
        ({"text": "Tham mưu bố trí kinh phí."}, (F.TEXT,)),
        ({"lead": "skhdt"}, (F.LEAD,)),
        ({"cooperating": frozenset()}, (F.COOPERATE,)),
        ({"due_on": None}, (F.DUE,)),
        ({"due_on": PAPER, "lead": "skhdt"}, (F.LEAD, F.DUE)),
    ],
)
def test_what_differs_is_what_is_corrected(change: dict[str, object], fields: tuple[F, ...]) -> None:
    assert differences(READ, replace(READ, **change)) == fields


@pytest.mark.parametrize(
    ("wanted", "fields", "words"),
    [
        (READ, (), "không có gì để đính chính"),
        (replace(READ, text=" \n"), (F.TEXT,), "không được để trống"),
        (replace(READ, text="x" * (MOST_CHARACTERS + 1)), (F.TEXT,), "tối đa 4000"),
        (replace(READ, lead="sct"), (F.LEAD,), "không thể đồng thời"),
    ],
)
def test_what_no_task_may_say(wanted: TaskReading, fields: tuple[F, ...], words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        check_reading(wanted, fields)
    check_reading(replace(READ, lead="skhdt"), (F.LEAD,))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 8, 14), "ở trước ngày văn bản"),
        (date(2222, 9, 15), "xem lại năm đã ghi"),
        (date(2022, 12, 2), "cơ quan tổng hợp"),
    ],
)
def test_a_day_that_the_paper_cannot_name(day: date, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        check_paper_day(day, date(2022, 8, 15), date(2022, 12, 1), date(2022, 9, 20))


def test_a_day_that_has_passed_may_be_what_the_paper_says() -> None:
    check_paper_day(date(2022, 8, 15), date(2022, 8, 15), None, date(2022, 9, 20))


@pytest.mark.parametrize(
    ("dates", "paper_on", "found"),
    [
        (DueDates(ISSUED, ISSUED, ISSUED), PAPER, (PAPER, PAPER)),
        (DueDates(None, None, None), PAPER, (PAPER, PAPER)),
        # Extended: what was granted stands, unless the paper itself gives more.
        (DueDates(LATER, LATER, ISSUED), PAPER, (LATER, LATER)),
        (DueDates(LATER, LATER, ISSUED), date(2022, 10, 14), (date(2022, 10, 14), date(2022, 10, 14))),
        # Corrected once already, and nothing else: corrected again, also back to an earlier day.
        (DueDates(LATER, LATER, ISSUED, LATER), PAPER, (PAPER, PAPER)),
        # Paused for four working days (the holidays of 1 and 2 September lie between).
        (DueDates(date(2022, 9, 8), ISSUED, ISSUED), PAPER, (date(2022, 9, 21), PAPER)),
    ],
)
def test_the_deadline_in_force_after_a_correction(
    dates: DueDates, paper_on: date, found: tuple[date, date]
) -> None:
    assert in_force(dates, paper_on, CALENDAR) == found


def test_what_the_paper_says_as_far_as_anybody_knows() -> None:
    assert DueDates(LATER, LATER, ISSUED).by_paper == ISSUED
    assert DueDates(LATER, LATER, ISSUED, PAPER).by_paper == PAPER
    assert DueDates(None, None, ISSUED).by_paper is None


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2022, 8, 24), "Đôn đốc lần 2: còn 5 ngày đến hạn (hạn 24/08/2022)."),
        (date(2022, 8, 19), "Đôn đốc lần 2: đến hạn hôm nay (19/08/2022)."),
        (date(2022, 8, 12), urging_text(2, date(2022, 8, 12), date(2022, 8, 19))),
        (None, "Đôn đốc lần 2: nhiệm vụ không thời hạn, giao ngày 15/08/2022."),
    ],
)
def test_an_urging_by_hand_says_the_truth_of_what_is_not_late(due_on: date | None, words: str) -> None:
    assert urging_by_hand(2, due_on, date(2022, 8, 15), date(2022, 8, 19)) == words
