"""The machine is off from Wednesday 11/3 to Saturday 14/3/2026, and catches up with one letter."""

from datetime import date

from models.tables.follow_up_days import FollowUpDay
from models.tables.tasks import Urging
from tests.cast import FINANCE, by, directive, rows
from tests.stories.told import Told

#: Two steps of the first (11 and 13/3), the day of the second and the urging of the third fell into the
#: four days; the first stands between two steps on the morning back.
DUE = (date(2026, 3, 18), date(2026, 3, 13), date(2026, 3, 10))


def test_one_bundle_on_the_first_morning_back(told: Told) -> None:
    told.issue("2026-03-02", *(directive(f"Việc hạn {due:%d/%m}.", FINANCE, due=by(due)) for due in DUE))
    told.mornings(
        "2026-03-03", "2026-03-16", without=lambda day: date(2026, 3, 11) <= day <= date(2026, 3, 14)
    )
    assert told.days_heard("stc", since="2026-03-11") == ["2026-03-16"]  # the 15th is a Sunday
    [bundle] = [mail for mail in told.mails if mail.to == "stc" and mail.day == "2026-03-16"]
    for due in DUE:
        assert f"Việc hạn {due:%d/%m}" in bundle.text
    numbers = sorted((urging.task_id, urging.number) for urging in rows(told.engine, Urging))
    assert numbers == [(2, 1), (3, 1)]  # one number each: no storm of those that were missed
    seen = {row.day: row.since for row in rows(told.engine, FollowUpDay)}
    assert seen[date(2026, 3, 15)] == date(2026, 3, 10)  # what explains the gap later


def test_a_second_run_of_that_morning_says_nothing(told: Told) -> None:
    told.issue("2026-03-02", *(directive(f"Việc hạn {due:%d/%m}.", FINANCE, due=by(due)) for due in DUE))
    told.mornings("2026-03-10", "2026-03-10")
    told.pause_at("2026-03-16", "07:30")
    before = len(told.mails)
    for clock in ("07:31", "09:10", "16:00"):
        told.pause_at("2026-03-16", clock)
    assert len(told.mails) == before
