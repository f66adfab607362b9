"""The same week: what was mended after its issue, and what was urged by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from notifications.outbox.parcel import Letter
from rules.vocabulary import TaskStatus
from tests.notifications import dated_cast, people_cast
from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters
from tests.notifications.letter_cast import (
    BASE,
    CODES,
    FUND,
    LMHTX,
    LOANS,
    PLAN,
    RESULT,
    SCT,
    SKHDT,
    SNN,
    STC,
    TODAY,
    TRADE,
    on_day,
)
from tests.notifications.wordings import Matter

#: The lead and the deadline were wrong; then the words, and who cooperates.
CORRECTED = (
    Matter(
        on_day(
            replace(
                TRADE,
                due_on=date(2022, 12, 29),
                corrected_due_on=date(2022, 12, 29),
                original_due_on=date(2022, 12, 22),
            )
        ),
        "Văn bản ghi «trước ngày 29/12/2022».",
        role="new_lead",
        corrected=(
            ("Cơ quan chủ trì", LMHTX, SCT),
            ("Thời hạn thực hiện", "chậm nhất ngày 22/12/2022", "chậm nhất ngày 29/12/2022"),
        ),
    ),
    Matter(
        on_day(LOANS),
        "Đọc sót một cơ quan.",
        role="lead",
        corrected=(("Cơ quan phối hợp", "không có", STC),),
    ),
    Matter(on_day(PLAN), "Giao nhầm.", role="old_lead", corrected=(("Cơ quan chủ trì", SCT, SKHDT),)),
)
LETTERS: dict[str, Callable[[], Letter]] = {
    **cast.LETTERS,
    **people_cast.LETTERS,
    **dated_cast.LETTERS,
    "correction": lambda: letters.correction_letter(SCT, TODAY, CORRECTED, BASE),
    "correction_one": lambda: letters.correction_letter(LMHTX, TODAY, CORRECTED[1:2], BASE),
    "reopened": lambda: letters.reopened_letter(LMHTX, TODAY, [
        Matter(on_day(RESULT), "Xác nhận nhầm với nhiệm vụ GN-0018.", confirmed_on=date(2022, 12, 16))
    ], BASE),
    "recalled": lambda: letters.recalled_letter(SNN, TODAY, [
        Matter(on_day(replace(CODES, status=TaskStatus.WITHDRAWN)), role="lead"),
        Matter(on_day(replace(FUND, status=TaskStatus.WITHDRAWN)), role="cooperating"),
    ], "Ban hành nhầm bản chưa ký; văn bản thay thế sẽ gửi sau.", BASE, 2),
    "morning_pressed": lambda: letters.morning_letter(
        SCT, TODAY,
        letters.Morning([replace(on_day(TRADE, 1), note="Báo cáo tiến độ trước ngày 21/12/2022.")]), BASE
    ),
}  # fmt: skip


def mended_everywhere(matter: Matter, text: str) -> dict[str, Letter]:
    """These letters with ``text`` in the place of every text."""
    put_right = replace(matter, corrected=((text,) * 3,), role="lead", confirmed_on=TODAY)
    return {
        "correction": letters.correction_letter(text, TODAY, [put_right], BASE),
        "reopened": letters.reopened_letter(text, TODAY, [put_right], BASE),
        "recalled": letters.recalled_letter(text, TODAY, [put_right], text, BASE, 1),
    }
