"""A deadline on a Saturday: it stays there, and the last reminder comes on Friday."""

from datetime import date

from models.tables.tasks import Task
from tests.cast import FINANCE, by, directive, rows
from tests.stories.told import Told

SATURDAY = date(2026, 3, 21)


def test_the_last_reminder_comes_on_the_working_day_before(told: Told) -> None:
    told.issue("2026-03-02", directive("Tham mưu cân đối kinh phí.", FINANCE, due=by(SATURDAY)))
    told.mornings("2026-03-03", "2026-03-23")
    assert rows(told.engine, Task)[0].due_on == SATURDAY
    # 5, 3, 1 working days before Friday, Friday itself, and urged on Monday.
    steps = ["2026-03-13", "2026-03-17", "2026-03-19", "2026-03-20"]
    assert told.days_heard("stc", since="2026-03-04") == [*steps, "2026-03-23"]
