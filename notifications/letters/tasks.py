"""Letters to the bodies that do the work: newly assigned tasks, and the bundle of a morning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, day, grouped
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter, shares
from notifications.letters.kit.rows import Section, ShownRow, list_link, section
from notifications.letters.kit.short import tasks_short
from notifications.letters.kit.task_rows import assigned_row, cooperating_row, due_row, review_row, urged_row
from notifications.outbox.parcel import Letter
from rules.facts import TaskLine


def assignment_letter(
    to_name: str,
    source: str,
    lines: Sequence[TaskLine],
    base_url: str,
    refuse_days: int = 2,
    most: int = MOST_ROWS,
) -> Letter:
    """Tasks newly assigned to one body by one document; ``refuse_days`` are working days."""
    to_name, source, shown = clean(to_name), clean(source), clean(tuple(lines[:most]))
    rows = [assigned_row(line, to_name, base_url) for line in shown]
    subject, link = subjects.assignment(source, lines), list_link(base_url, _only_agency([lines]))
    return letter_from(
        "assignment",
        subject=subject,
        short=tasks_short(subject, rows, link, len(lines)),
        heading=f"Giao {grouped(len(lines))} nhiệm vụ",
        to_name=to_name,
        source=source,
        tasks=section("Nhiệm vụ được giao chủ trì", rows, total=len(lines), link=link),
        too_late=any(line.told_too_late for line in lines),
        refuse_days=refuse_days,
    )


def cooperation_letter(
    to_name: str, source: str, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """Tasks of one document in which the body cooperates; ``Matter.day`` is its own date, if it has one."""
    to_name, source, shown = clean(to_name), clean(source), clean(tuple(matters[:most]))
    rows = [cooperating_row(matter, base_url) for matter in shown]
    subject = subjects.about(
        shown, len(matters), "Đề nghị phối hợp thực hiện", "nhiệm vụ cần phối hợp thực hiện"
    )
    link = list_link(base_url)
    return letter_from(
        "cooperation",
        subject=subject,
        short=tasks_short(subject, rows, link, len(matters)),
        heading=f"Phối hợp thực hiện {grouped(len(matters))} nhiệm vụ",
        to_name=to_name,
        source=source,
        tasks=section("Nhiệm vụ được giao phối hợp", rows, total=len(matters), link=link),
    )


@dataclass(frozen=True, slots=True)
class Morning:
    """What is said to one reader on a morning: tasks that are urged, reminded of, to be reviewed."""

    urgings: Sequence[TaskLine] = ()
    due: Sequence[TaskLine] = ()
    reviews: Sequence[TaskLine] = ()


def morning_letter(
    to_name: str, as_of: date, morning: Morning, base_url: str, most: int = MOST_ROWS
) -> Letter:
    """The one bundled letter of a morning: urged, due today, due soon, to be reviewed.

    A reminder that was held back until after its deadline stands among the overdue, unnumbered. What was
    urged by hand before its deadline, or has none, is not called overdue.
    Of more than ``most`` tasks the first are named, urged ones first; the headings count them all.
    """
    to_name, urgings, due = clean(to_name), morning.urgings, morning.due
    late = tuple(line for line in (*urgings, *due) if line.days is not None and line.days < 0)
    pressed = tuple(line for line in urgings if line.days is None or line.days >= 0)
    today = tuple(line for line in due if line.days == 0)
    soon = tuple(line for line in due if line.days is None or line.days > 0)
    parts = (late, pressed, today, soon, tuple(morning.reviews))
    rows = _rows(parts, most, as_of, to_name, base_url)
    count = sum(map(len, parts))
    subject, link = subjects.morning(*parts), list_link(base_url, _only_agency(parts))
    return letter_from(
        "morning",
        subject=subject,
        short=tasks_short(subject, sum(rows, []), link, count),
        heading=f"Việc cần xử lý ngày {day(as_of)}",
        to_name=to_name,
        as_of=as_of,
        count=count,
        most_urged=max((line.urging_number or 0 for line in late), default=0),
        **_sections(rows, parts, link),
    )


def _rows(
    parts: Sequence[tuple[TaskLine, ...]], most: int, as_of: date, to_name: str, base_url: str
) -> list[list[ShownRow]]:
    words: tuple[Callable[[TaskLine], ShownRow], ...] = (
        lambda line: urged_row(line, as_of, to_name, base_url),
        lambda line: urged_row(line, as_of, to_name, base_url),
        lambda line: due_row(line, to_name, base_url),
        lambda line: due_row(line, to_name, base_url),
        lambda line: review_row(line, as_of, to_name, base_url),
    )
    return [
        [one(line) for line in clean(part[:count])]
        for part, count, one in zip(parts, shares(parts, most), words, strict=True)
    ]


def _sections(
    rows: Sequence[list[ShownRow]], parts: Sequence[Sequence[TaskLine]], link: str
) -> dict[str, Section]:
    titles = (
        ("late", "Đôn đốc nhiệm vụ quá hạn", "late"),
        ("pressed", "Nhiệm vụ được đôn đốc", "today"),
        ("today", "Nhiệm vụ đến hạn hôm nay", "today"),
        ("soon", "Nhiệm vụ sắp đến hạn", "calm"),
        ("reviews", "Rà soát nhiệm vụ không thời hạn", "calm"),
    )
    return {
        name: section(title, shown, tone=tone, total=len(part), link=link)
        for (name, title, tone), shown, part in zip(titles, rows, parts, strict=True)
    }


def _only_agency(parts: Sequence[Sequence[TaskLine]]) -> str:
    """The agency of all tasks, or nothing when one reader gets the letter of several bodies."""
    agencies = {line.task.agency_id for part in parts for line in part}
    return agencies.pop() if len(agencies) == 1 else ""
