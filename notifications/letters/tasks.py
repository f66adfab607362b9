"""Letters to the bodies that do the work: newly assigned tasks, and the bundle of a morning."""

from collections.abc import Sequence
from datetime import date

from notifications.letters import subjects
from notifications.letters.filters import clean, day
from notifications.letters.frame import compose
from notifications.letters.rows import section
from notifications.letters.short import tasks_short
from notifications.letters.task_rows import assigned_row, due_row, review_row, urged_row
from notifications.parcel import Letter
from rules.facts import TaskLine


def assignment_letter(
    to_name: str, source: str, lines: Sequence[TaskLine], base_url: str, refuse_days: int = 2
) -> Letter:
    """Tasks newly assigned to one body by one document; ``refuse_days`` are working days."""
    to_name, source, lines = clean(to_name), clean(source), clean(tuple(lines))
    rows = [assigned_row(line, base_url) for line in lines]
    subject = subjects.assignment(source, lines)
    return compose(
        "assignment",
        subject=subject,
        short=tasks_short(subject, rows, base_url),
        heading=f"Giao {len(rows)} nhiệm vụ",
        to_name=to_name,
        source=source,
        tasks=section("Nhiệm vụ được giao chủ trì", rows),
        refuse_days=refuse_days,
    )


def morning_letter(
    to_name: str,
    as_of: date,
    urgings: Sequence[TaskLine],
    due: Sequence[TaskLine],
    reviews: Sequence[TaskLine],
    base_url: str,
) -> Letter:
    """The one bundled letter of a morning: urged, due today, due soon, to be reviewed.

    A reminder that was held back until after its deadline stands among the overdue, unnumbered.
    """
    to_name, urgings, reviews = clean(to_name), clean(tuple(urgings)), clean(tuple(reviews))
    due = clean(tuple(due))
    late = (*urgings, *(line for line in due if line.days is not None and line.days < 0))
    today = tuple(line for line in due if line.days == 0)
    soon = tuple(line for line in due if line.days is None or line.days > 0)
    late_rows = [urged_row(line, as_of, to_name, base_url) for line in late]
    today_rows = [due_row(line, to_name, base_url) for line in today]
    soon_rows = [due_row(line, to_name, base_url) for line in soon]
    review_rows = [review_row(line, as_of, to_name, base_url) for line in reviews]
    rows = [*late_rows, *today_rows, *soon_rows, *review_rows]
    subject = subjects.morning(late, today, soon, reviews)
    return compose(
        "morning",
        subject=subject,
        short=tasks_short(subject, rows, base_url),
        heading=f"Việc cần xử lý ngày {day(as_of)}",
        to_name=to_name,
        as_of=as_of,
        count=len(rows),
        late=section("Đôn đốc nhiệm vụ quá hạn", late_rows, tone="late"),
        today=section("Nhiệm vụ đến hạn hôm nay", today_rows, tone="today"),
        soon=section("Nhiệm vụ sắp đến hạn", soon_rows),
        reviews=section("Rà soát nhiệm vụ không thời hạn", review_rows),
        most_urged=max((line.urging_number or 0 for line in late), default=0),
    )
