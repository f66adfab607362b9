"""The same week: deadlines that were told or counted anew, bodies that ended, a clock that was wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from notifications.outbox.parcel import Letter
from rules.deadlines.recounts import Recount
from rules.facts import TaskLine
from rules.letter_words import Stake
from rules.outbox.payloads.office import WrongClock
from rules.people.bodies import Heir
from rules.vocabulary import DeadlineCause as Cause
from tests.notifications import wordings as letters
from tests.notifications.letter_cast import (
    BASE,
    FUND,
    LAND,
    LMHTX,
    SCT,
    SECRETARIAT,
    SKHDT,
    SOURCE,
    STC,
    STNMT,
    TODAY,
    TRADE,
    UNION,
    WEAK,
    on_day,
)
from tests.notifications.wordings import CountedAnew, Matter, OfEndedBody

DEADLINES_SET = (
    Matter(on_day(TRADE), "tính từ ngày 15/12/2022: kế hoạch hội nghị được phê duyệt", cause=Cause.EVENT),
    Matter(on_day(UNION), "tạm dừng từ ngày 28/11/2022 đến ngày 19/12/2022", cause=Cause.PAUSE,
           before=date(2022, 11, 30)),
    Matter(on_day(WEAK), "ngày nhận 05/12/2022", cause=Cause.RECEIPT, before=date(2022, 12, 14)),
)  # fmt: skip
#: Typed in after its deadline, or in the afternoon of its last day.
GIVEN_LATE = replace(on_day(replace(WEAK, assigned_on=date(2022, 12, 16), urged=0)), told_too_late=True)
CLOCK = WrongClock(
    shown=datetime(2023, 2, 20, 0, 31, tzinfo=UTC),
    last_shown=datetime(2023, 2, 22, 2, 5, tzinfo=UTC),
    last_day=date(2022, 12, 16),
    back=datetime(2022, 12, 19, 2, 5, tzinfo=UTC),
    sent=1_204,
)
ENDED_BODIES = (
    OfEndedBody(
        "stc", STC, date(2022, 12, 15), (Heir("tckh", "Sở Tài chính – Kế hoạch", date(2022, 12, 16),
        "Nghị quyết số 15/NQ-HĐND"),), [(on_day(FUND), Stake.LEAD), (on_day(TRADE), Stake.COOPERATES)], 2,
    ),
    OfEndedBody("stnmt", STNMT, TODAY, (), [(on_day(LAND), Stake.LEAD)], 1),
    OfEndedBody(
        "skhdt", SKHDT, TODAY, (Heir("tckh", "Sở Tài chính – Kế hoạch", date(2022, 12, 20)),
        Heir("snv", "Sở Nội vụ")), [(on_day(LAND), Stake.DECIDES)], 1,
    ),
)  # fmt: skip

COUNTED_ANEW = [
    CountedAnew(on_day(TRADE), Recount.MOVED, date(2022, 12, 20), date(2022, 12, 22)),
    CountedAnew(on_day(WEAK), Recount.ASKED, date(2022, 12, 9), date(2022, 12, 7)),
    CountedAnew(on_day(FUND), Recount.LEFT, date(2022, 10, 31), date(2022, 10, 4), "được gia hạn"),
]
LETTERS: dict[str, Callable[[], Letter]] = {
    "clock": lambda: letters.clock_letter(SECRETARIAT, CLOCK, BASE),
    "clock_for_an_hour": lambda: letters.clock_letter(
        SECRETARIAT, replace(CLOCK, last_day=date(2022, 12, 19), sent=0), BASE
    ),
    "body_ended": lambda: letters.body_ended_letter(SECRETARIAT, TODAY, ENDED_BODIES, BASE),
    "body_ended_one": lambda: letters.body_ended_letter(SECRETARIAT, TODAY, ENDED_BODIES[1:2], BASE),
    "deadline": lambda: letters.deadline_letter(LMHTX, TODAY, DEADLINES_SET, BASE),
    "deadline_one": lambda: letters.deadline_letter(SCT, TODAY, DEADLINES_SET[:1], BASE),
    "deadline_over": lambda: letters.deadline_letter(LMHTX, TODAY, DEADLINES_SET[-1:], BASE),
    "assignment_late": lambda: letters.assignment_letter(LMHTX, SOURCE, [GIVEN_LATE], BASE),
    "calendar": lambda: letters.calendar_letter(
        SECRETARIAT, TODAY, letters.ChangedCalendar("2022", "Công văn số 8056/VPCP-KGVX", COUNTED_ANEW), BASE
    ),
}  # fmt: skip


def dated_everywhere(row: TaskLine, matter: Matter, text: str) -> dict[str, Letter]:
    """These letters with ``text`` in the place of every text."""
    heir = Heir("x", text, TODAY, text)
    ended = OfEndedBody("x", text, TODAY, (heir,), [(row, Stake.LEAD)], 1)
    anew = CountedAnew(row, Recount.LEFT, TODAY, TODAY, text)
    return {
        "deadline": letters.deadline_letter(text, TODAY, [matter], BASE),
        "calendar": letters.calendar_letter(text, TODAY, letters.ChangedCalendar("2027", text, [anew]), BASE),
        "body_ended": letters.body_ended_letter(text, TODAY, [ended], BASE),
        "clock": letters.clock_letter(text, CLOCK, BASE),
    }
