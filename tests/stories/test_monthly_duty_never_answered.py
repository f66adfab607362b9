"""A monthly duty that nobody answers for a year: twelve occurrences, each urged in a series of its own."""

from collections import Counter

from models.tables.outbox import OutboxMessage
from models.tables.tasks import Task, Urging
from tests.cast import PLANNING, directive, every, rows
from tests.stories.told import Told, works


def test_a_year_of_silence(told: Told) -> None:
    told.issue("2026-01-05", directive("Báo cáo số liệu hằng tháng.", PLANNING, due=every("monthly day 25")))
    told.mornings("2026-01-06", "2026-12-31")
    tasks = rows(told.engine, Task)
    assert [task.occurrence for task in tasks] == list(range(1, 14))  # the thirteenth is that of January
    assert [f"{task.due_on:%m}" for task in tasks[:12]] == [f"{month:02}" for month in range(1, 13)]
    by_task: dict[int, list[int]] = {}
    for urging in rows(told.engine, Urging):
        by_task.setdefault(urging.task_id, []).append(urging.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_task.values())
    assert len(by_task[1]) > 40  # every five working days since February
    # However much is owed, one letter a morning (the assignment of a new occurrence travels apart),
    # and none on a day off.
    heard = told.days_heard("skhdt")
    assert max(Counter(heard).values()) <= 2
    assert all(works(told.office, day) for day in heard)
    assert {message.state.value for message in rows(told.engine, OutboxMessage)} == {"sent"}
