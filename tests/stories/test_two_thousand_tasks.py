"""Two thousand tasks of one agency fall due on one day: one letter, that a person can read."""

from datetime import date
from time import process_time

from models.tables.tasks import Task
from tests.cast import FINANCE, by, directive, rows
from tests.stories.told import Told

TASKS, SHOWN = 2_000, 100
SECONDS = 5.0  # of processor time for the whole morning, many times what it takes


def test_one_letter_with_a_hundred_rows(told: Told) -> None:
    directives = [directive(f"Việc số {n}.", FINANCE, due=by(date(2026, 3, 20))) for n in range(TASKS)]
    told.issue("2026-03-02", *directives)
    assert len(rows(told.engine, Task)) == TASKS
    told.mornings("2026-03-03", "2026-03-12")
    start = process_time()
    told.pause_at("2026-03-13", "07:30")
    assert process_time() - start < SECONDS
    [letter] = [mail for mail in told.mails if mail.to == "stc" and mail.day == "2026-03-13"]
    assert letter.text.count("Việc số ") == SHOWN
    assert "1.900 nhiệm vụ khác" in letter.text
    assert "2.000" in letter.subject + letter.text
