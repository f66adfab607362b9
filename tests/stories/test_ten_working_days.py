"""An ordinary directive of ten working days, across the holiday of 24/11/2026.

Issued on Monday 16/11/2026. Ten working days later is Tuesday 1/12, because the 24th is not worked;
by the plain week it would have been Monday 30/11.
"""

from datetime import date

from flows.actions.tasks.answer import Said, answer
from rules.vocabulary import Actor, EventKind
from tests.cast import FINANCE, act, act_on, at, by, directive
from tests.stories.told import Told

DUE = date(2026, 12, 1)


def test_from_issue_to_confirmation(told: Told) -> None:
    assert told.office.calendar.add(date(2026, 11, 16), 10) == DUE
    told.issue("2026-11-16", directive("Tham mưu cân đối kinh phí.", FINANCE, due=by(DUE)))
    told.mornings("2026-11-16", "2026-11-30")
    # Given on the 16th; five, three, one working days before: the holiday is stepped over.
    assert told.days_heard("stc") == ["2026-11-16", "2026-11-23", "2026-11-26", "2026-11-30"]
    answer(
        told.engine,
        1,
        EventKind.SUBMITTED,
        act_on(told.engine, 1, Actor.LEAD, at("2026-11-30", "15:00"), office=told.office),
        Said("Đã xong."),
    )
    told.mornings("2026-12-01", "2026-12-01")
    answer(
        told.engine,
        1,
        EventKind.CONFIRMED,
        act(Actor.SECRETARIAT, at("2026-12-01", "10:00"), office=told.office),
    )
    told.mornings("2026-12-02", "2026-12-31")
    assert told.days_heard("stc", since="2026-12-01") == []  # no last reminder, no urging: it is done
    assert any("xác nhận" in subject.lower() for _, subject in told.heard("van-phong", since="2026-11-30"))


def test_nobody_is_written_to_on_the_holiday(told: Told) -> None:
    told.issue("2026-11-16", directive("Tham mưu cân đối kinh phí.", FINANCE, due=by(date(2026, 11, 24))))
    told.mornings("2026-11-17", "2026-11-25")
    assert "2026-11-24" not in {mail.day for mail in told.mails}
    # The deadline stays on its day off; the last reminder came on the working day before.
    assert told.days_heard("stc")[-2:] == ["2026-11-23", "2026-11-25"]
    assert told.heard("stc")[-1][0] == "2026-11-25"
    assert "quá hạn" in told.mails[-1].text.lower()
