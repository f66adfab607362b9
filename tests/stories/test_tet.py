"""Tết 2026: nine days of silence from Saturday 14/2 to Sunday 22/2, and one bundled letter after."""

from datetime import date

from flows.actions.tasks.answer import Said, answer
from models.tables.tasks import Urging
from rules.vocabulary import Actor, EventKind
from tests.cast import FINANCE, act_on, at, by, directive, rows
from tests.stories.told import Told, days, works

#: Deadlines before, in and just after the holidays, and none at all.
DUE = (date(2026, 2, 12), date(2026, 2, 16), date(2026, 2, 18), date(2026, 2, 24))


def test_nine_days_of_silence_and_one_letter_after(told: Told) -> None:
    told.issue("2026-02-02", *(directive(f"Việc hạn {due:%d/%m}.", FINANCE, due=by(due)) for due in DUE))
    told.mornings("2026-02-02", "2026-02-23")
    silent = [str(day) for day in days("2026-02-14", "2026-02-22")]
    assert not any(works(told.office, day) for day in silent)
    assert not {mail.day for mail in told.mails} & set(silent)
    assert told.days_heard("stc", since="2026-02-14") == ["2026-02-23"]
    [after] = [mail for mail in told.mails if mail.to == "stc" and mail.day == "2026-02-23"]
    for due in DUE[1:3]:  # overdue since the holidays: urged in the one letter
        assert f"Việc hạn {due:%d/%m}" in after.text
    assert "Việc hạn 24/02" in after.text  # and the one that is due tomorrow
    # Urged on the last day before, and again after five working days: the holidays count for nothing.
    numbers = [(urging.number, urging.urged_on) for urging in rows(told.engine, Urging, Urging.task_id == 1)]
    assert numbers == [(1, date(2026, 2, 13))]
    told.mornings("2026-02-24", "2026-03-02")
    again = rows(told.engine, Urging, Urging.task_id == 1)[1]
    assert (again.number, again.urged_on) == (2, date(2026, 2, 27))
    assert all(works(told.office, str(urging.urged_on)) for urging in rows(told.engine, Urging))


def test_what_is_handed_in_during_the_holidays_reaches_the_office_after_them(told: Told) -> None:
    told.issue("2026-02-02", directive("Việc của Sở Tài chính.", FINANCE, due=by(DUE[3])))
    told.mornings("2026-02-02", "2026-02-17")
    now = at("2026-02-17", "10:00")
    answer(
        told.engine,
        1,
        EventKind.SUBMITTED,
        act_on(told.engine, 1, Actor.LEAD, now, office=told.office),
        Said("Đã xong."),
    )
    told.mornings("2026-02-18", "2026-02-23")
    assert [mail.day for mail in told.mails if mail.to == "van-phong"] == ["2026-02-23"]


def test_whoever_owes_nothing_hears_nothing(told: Told) -> None:
    told.issue("2026-02-02", directive("Việc của Sở Tài chính.", FINANCE, due=by(DUE[0])))
    told.mornings("2026-02-02", "2026-02-27")
    assert told.days_heard("sct") == []
