"""A result submitted in time waits past its deadline: only the secretariat is asked, again and again."""

from datetime import date

from flows.actions.tasks.answer import Said, answer
from models.tables.tasks import Task, Urging
from rules.deadlines.classes import deadline_class
from rules.vocabulary import Actor, DeadlineClass, EventKind
from tests.cast import FINANCE, act, act_on, at, by, directive, rows
from tests.stories.told import Told

DUE = date(2026, 3, 20)


def test_the_lead_hears_nothing_and_is_in_time(told: Told) -> None:
    told.issue("2026-03-09", directive("Tham mưu cân đối kinh phí.", FINANCE, due=by(DUE)))
    told.mornings("2026-03-10", "2026-03-18")
    answer(
        told.engine,
        1,
        EventKind.SUBMITTED,
        act_on(told.engine, 1, Actor.LEAD, at("2026-03-18", "16:00"), office=told.office),
        Said("Đã xong."),
    )
    told.mornings("2026-03-19", "2026-04-10")
    assert told.days_heard("stc", since="2026-03-19") == []
    assert rows(told.engine, Urging) == []
    asked = [mail for mail in told.mails if mail.to == "van-phong" and "xác nhận" in mail.text.lower()]
    # At once (the next open hour), then every three working days.
    assert [mail.day for mail in asked][:4] == ["2026-03-19", "2026-03-23", "2026-03-26", "2026-03-31"]
    confirmed = at("2026-04-10", "10:00")
    answer(told.engine, 1, EventKind.CONFIRMED, act(Actor.SECRETARIAT, confirmed, office=told.office))
    [task] = rows(told.engine, Task)
    done = deadline_class(task.due_on, task.submitted_on, True, date(2026, 4, 10))
    assert done is DeadlineClass.DONE_IN_TIME  # the day that counts is the day of submission
