"""The letter about a deadline that was set or moved: what it is now, what it was, how it came about."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, lateness, upper_first
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import Facts, ShownRow, list_link, row, section
from notifications.letters.kit.short import tasks_short
from notifications.letters.kit.task_rows import of_lead
from notifications.outbox.parcel import Letter
from rules.deadlines.wording import until
from rules.vocabulary import DeadlineCause

#: The label of the history, but where that says more than is known: a day fixed ahead has not come yet.
_WHY = {cause: cause.label for cause in DeadlineCause} | {DeadlineCause.EVENT: "Theo ngày của sự kiện"}


def deadline_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead and the cooperating bodies; ``Matter.cause`` and ``Matter.reason`` say why."""
    to_name, shown, count = clean(to_name), clean(tuple(matters[:most])), len(matters)
    rows = [_row(matter, to_name, base_url) for matter in shown]
    subject = subjects.about(shown, count, _subject(shown[0]), "nhiệm vụ được xác định, điều chỉnh thời hạn")
    link = list_link(base_url)
    return letter_from(
        "deadline",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading="Thông báo thời hạn",
        to_name=to_name,
        as_of=as_of,
        late=any(_days_late(matter) for matter in matters),
        ahead=not all(_days_late(matter) for matter in matters),
        tasks=section("Thời hạn thực hiện", rows, total=count, link=link),
    )


def _subject(matter: Matter) -> str:
    due = matter.line.task.due_on
    late = f", đã {lateness(matter.line.days)}" if _days_late(matter) else ""
    return f"Thông báo thời hạn{f': {until(due)}' if due else ''}{late}"


def _days_late(matter: Matter) -> int:
    return max(-(matter.line.days or 0), 0)


def _row(matter: Matter, to_name: str, base_url: str) -> ShownRow:
    task, late = matter.line.task, bool(_days_late(matter))
    facts: Facts = (
        *of_lead(task, to_name),
        ("Thời hạn", until(task.due_on) if task.due_on else "không có thời hạn"),
        ("Thời hạn trước đây", until(matter.before) if matter.before else "chưa xác định"),
        ("Lý do", _why(matter)),
    )
    mark = f"Đã {lateness(matter.line.days)}" if late else ""
    return row(matter.line, base_url, mark, "late" if late else "calm", facts)


def _why(matter: Matter) -> str:
    cause = matter.cause
    label = _WHY[cause] if cause else ""
    return upper_first("; ".join(filter(None, (label, matter.reason)))) or "Điều chỉnh thời hạn"
