"""What a công văn đôn đốc names, and what may be written on it."""

from datetime import date

import pytest

from rules.follow_up.urging_papers import (
    MOST_CHARACTERS,
    WrongEntry,
    check_issue_day,
    paper_number,
    signatory,
    why_left_out,
)
from rules.vocabulary import AWAITED, TaskStatus

DAY, EARLIER = date(2022, 9, 12), date(2022, 9, 11)


@pytest.mark.parametrize("status", TaskStatus)
def test_only_what_is_owed_and_late_is_named(status: TaskStatus) -> None:
    reason = why_left_out(status, EARLIER, DAY)
    assert (reason is None) == (status in AWAITED)
    if reason:
        assert status.label in reason


@pytest.mark.parametrize(
    ("due_on", "words"), [(DAY, "12/09/2022"), (date(2022, 9, 30), "30/09/2022"), (None, "thời hạn")]
)
def test_a_task_that_is_not_late_is_not_named(due_on: date | None, words: str) -> None:
    assert words in (why_left_out(TaskStatus.ASSIGNED, due_on, DAY) or "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("512/UBND-TH", "512/UBND-TH"),
        ("Số: 512/UBND-TH", "512/UBND-TH"),
        ("số 15/VP-KGVX&ĐT", "15/VP-KGVX&ĐT"),
        ("7a/2022/BCĐ - VP", "7a/2022/BCĐ-VP"),
        ("  09 / CV-BCĐ ", "09/CV-BCĐ"),
        ("12/VP–TH", "12/VP–TH"),
    ],
)
def test_a_number_as_offices_write_it(typed: str, kept: str) -> None:
    assert paper_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "512", "UBND-TH/512", "512/", "512/UBND-", "512//TH", "512/UBND TH", "=512/UBND", "512/UBND\x07TH",
     "512/UBND\u202eHT", "512/<b>", "1234567/TH", "1/" + "A" * MOST_CHARACTERS],
)  # fmt: skip
def test_no_number(typed: str) -> None:
    with pytest.raises(WrongEntry):
        paper_number(typed)


def test_a_signatory_is_one_short_line() -> None:
    assert signatory(" TL. Chủ tịch,\n Chánh Văn phòng ") == "TL. Chủ tịch, Chánh Văn phòng"
    for typed in ("", " \n", "Chánh\x00", "x" * 121):
        with pytest.raises(WrongEntry):
            signatory(typed)


def test_the_day_lies_between_the_preparation_and_today() -> None:
    for day in (EARLIER, DAY):
        check_issue_day(day, EARLIER, DAY)
    with pytest.raises(WrongEntry, match="chưa tới"):
        check_issue_day(DAY, EARLIER, EARLIER)
    with pytest.raises(WrongEntry, match="trước ngày chuẩn bị"):
        check_issue_day(EARLIER, DAY, DAY)
