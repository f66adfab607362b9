"""What a row of a letter says of its task."""

from dataclasses import replace
from datetime import date

from notifications.letters.kit.rows import deadline_facts
from rules.vocabulary import Fault
from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters


def test_what_pauses_added_is_no_extension() -> None:
    first, paused = date(2022, 12, 20), date(2022, 12, 27)
    task = replace(cast.WEAK, original_due_on=first, due_on=paused, due_unpaused_on=first)
    [(_, words)] = deadline_facts(task)
    assert "đã cộng thời gian tạm dừng; thời hạn ban đầu: chậm nhất ngày 20/12/2022" in words
    [(_, words)] = deadline_facts(replace(task, due_unpaused_on=paused))
    assert "đã gia hạn; thời hạn ban đầu" in words


def test_an_answer_says_that_a_task_was_extended_often() -> None:
    often = replace(cast.ANSWERS_GIVEN[0], often=True)
    text = letters.extension_answer(cast.SCT, cast.TODAY, [often], cast.BASE).text
    assert "Đồng ý gia hạn đến ngày 13/01/2023; gia hạn nhiều lần" in text
    assert (
        "nhiều lần"
        not in letters.extension_answer(cast.SCT, cast.TODAY, cast.ANSWERS_GIVEN[:1], cast.BASE).text
    )


def test_a_result_may_have_several_faults() -> None:
    matter = letters.Matter(cast.on_day(cast.WEAK), "Chưa đủ.", faults=(Fault.LATE, Fault.THIN))
    text = letters.returned_letter(cast.LMHTX, cast.TODAY, [matter], cast.BASE).text
    assert "Chậm thời hạn; chưa đầy đủ, sơ sài" in text
