"""The tasks of the benches' province as of the morning of Wednesday 4/3/2026, three weeks after Tết.

About ten of a hundred are due for something: 4 to be reminded, 4 to be urged, 2 to be reviewed, and
a few to climb or to be confirmed. The rest is what makes a sweep search: reminded yesterday, urged
this week, reviewed later, due much later.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

TODAY, YESTERDAY = date(2026, 3, 4), "2026-03-03"
AGENCIES = 200
ASSIGNED_ON = "2025-09-01"
TITLE = "Tham mưu cân đối kinh phí hỗ trợ hợp tác xã trên địa bàn tỉnh, báo cáo kết quả."
AT = "2026-02-25 23:45:00.000000"

#: Columns in the order of the rows below.
TABLES = {
    "task": (
        "id, directive_id, agency_id, occurrence, title, status, version, assigned_on, due_on, "
        "original_due_on, review_on, submitted_on, urged, last_urged_on, due_set_on, due_unpaused_on, "
        "late_step, count_step, urgent"
    ),
    "task_event": "task_id, seq, happened_at, happened_on, kind, from_status, to_status, actor, note, data",
    "deadline_change": "task_id, seq, changed_on, due_on, cause, event_seq, note",
    "told_deadline": "task_id, agency_id, due_on, told_on",
    "urging": "task_id, number, urged_on, recipient_id, text, letter_key, sender",
    "outbox_letter": (
        "key, kind, agency_id, task_id, scheduled_on, not_before, urgent, number, due_on, data, state, "
        "state_note, written_at"
    ),
}
AWAITED = ("assigned", "accepted", "in_progress", "returned")
#: Deadlines whose step is reached today, and those that were reminded yesterday, with the step.
REMINDED_TODAY = ("2026-03-04", "2026-03-05", "2026-03-09", "2026-03-11")
REMINDED_BEFORE = {"2026-03-06": 3, "2026-03-08": 3, "2026-03-10": 5}
URGED_LONG_AGO, URGED_LATELY = "2026-02-25", ("2026-02-26", "2026-02-27", "2026-03-02", YESTERDAY)
#: Deadlines that had passed a step of climbing by yesterday: more than 10, 20, 40 working days late.
STEPS_OF_YESTERDAY = (("2025-12-26", 3), ("2026-01-26", 2), ("2026-02-09", 1))
RECURS_ON = "2026-03-25"

Row = tuple[Any, ...]


def DIRECTIVE_OF(number: int) -> int:  # noqa: N802
    """The directive of a task: fifteen tasks each."""
    return (number - 1) // 15 + 1


def rows_of(numbers: Iterable[int]) -> list[Row]:
    """The tasks with these numbers; each depends on its number alone."""
    return [_task(number) for number in numbers]


def _task(number: int) -> Row:
    chance = Random(number)
    status, due, review, submitted, last, urged = _lot(chance)
    directive, occurrence = DIRECTIVE_OF(number), 0
    if directive % 50 == 0:
        status, due, review, submitted, last, urged = "accepted", RECURS_ON, None, None, None, 0
        occurrence = 1
    late = next((step for day, step in STEPS_OF_YESTERDAY if due and due <= day), 0)
    often = 2 if urged >= 6 else 1 if urged >= 4 else 0
    agency = f"a{number * 7919 % AGENCIES}"
    return (
        *(number, directive, agency, occurrence, TITLE, status, urged + (submitted is not None)),
        *(ASSIGNED_ON, due, due, review),
        *(submitted, urged, last, ASSIGNED_ON, due, late, often, 0),
    )


def _lot(chance: Random) -> tuple[str, str | None, str | None, str | None, str | None, int]:
    """Status, deadline, review, submission, last urging, urgings."""
    lot, status = chance.random(), chance.choice(AWAITED)
    if lot < 0.04:
        return status, chance.choice(REMINDED_TODAY), None, None, None, 0
    if lot < 0.05:
        return status, chance.choice(list(REMINDED_BEFORE)), None, None, None, 0
    if lot < 0.07:
        return status, YESTERDAY, None, None, None, 0
    if lot < 0.09:
        return status, _late(chance), None, None, URGED_LONG_AGO, chance.randint(1, 4)
    if lot < 0.11:
        return status, None, str(TODAY - timedelta(days=chance.randrange(2))), None, None, 0
    if lot < 0.25:
        return status, _late(chance), None, None, chance.choice(URGED_LATELY), chance.randint(1, 6)
    if lot < 0.253:
        return "submitted", "2026-03-20", None, "2026-02-27", None, 0
    if lot < 0.26:
        return "submitted", "2026-03-20", None, YESTERDAY, None, 0
    if lot < 0.45:
        return status, None, str(TODAY + timedelta(days=1 + chance.randrange(29))), None, None, 0
    return status, str(TODAY + timedelta(days=20 + chance.randrange(300))), None, None, None, 0


def _late(chance: Random) -> str:
    return str(date(2026, 2, 24) - timedelta(days=chance.randrange(120)))


def history(tasks: Iterable[Row]) -> dict[str, list[Row]]:
    """What has happened to these tasks until yesterday."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES if table != "task"}
    for task in tasks:
        number, agency, status, due, submitted = task[0], task[2], task[5], task[8], task[11]
        urged, last = task[12], task[13]
        found["task_event"].append(_event(number, 0, ASSIGNED_ON, "assigned", None, "assigned"))
        if due is not None:
            found["deadline_change"].append((number, 0, ASSIGNED_ON, due, "issued", 0, ""))
            found["told_deadline"].append((number, agency, due, ASSIGNED_ON))
        for n in range(1, urged + 1):
            found["task_event"].append(_event(number, n, last, "urged", status, status))
            key = f"urging:{number}:{n}"
            found["urging"].append((number, n, last, agency, f"Đôn đốc lần {n}.", key, "BCĐ"))
        if submitted is not None:
            found["task_event"].append(_event(number, 1, submitted, "submitted", "accepted", "submitted"))
            key = f"confirmation:{number}:1"
            found["outbox_letter"].append(_sent(key, "confirmation", "sec", number, submitted, None, due))
        if due in REMINDED_BEFORE:
            key = f"reminder:{number}:{due}:{REMINDED_BEFORE[due]}"
            step = REMINDED_BEFORE[due]
            found["outbox_letter"].append(_sent(key, "reminder", agency, number, YESTERDAY, step, due))
    return found


def _event(number: int, seq: int, day: str, kind: str, before: str | None, after: str) -> Row:
    actor = {"urged": "clock", "submitted": "lead"}.get(kind, "secretariat")
    return (number, seq, AT, day, kind, before, after, actor, "", "{}")


def _sent(key: str, kind: str, agency: str, task: int, day: str, number: int | None, due: str | None) -> Row:
    return (key, kind, agency, task, day, AT, 0, number, due, "{}", "dispatched", "", AT)
