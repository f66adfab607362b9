"""What letters about what became of tasks share: one row a task, the subject of one or of several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, grouped
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import ShownRow, list_link, section
from notifications.letters.kit.short import tasks_short
from notifications.outbox.parcel import Letter


@dataclass(frozen=True, slots=True)
class ToldTasks:
    """To whom, on which day, about what; at most ``most`` rows."""

    to_name: str
    as_of: date
    matters: Sequence[Matter]
    base_url: str
    most: int = MOST_ROWS


def letter_about(
    template: str,
    told: ToldTasks,
    one: Callable[[Matter], ShownRow],
    words: tuple[str, str],
    title: str,
    **more: Any,
) -> Letter:
    """``one`` makes the row of a matter; ``words`` are the subject of one task and of several."""
    count, shown = len(told.matters), clean(tuple(told.matters[: told.most]))
    link, rows = list_link(told.base_url), [one(matter) for matter in shown]
    subject = subjects.about(shown, count, *words)
    return letter_from(
        template,
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading=words[0] if count == 1 else f"{grouped(count)} {words[1]}",
        to_name=clean(told.to_name),
        as_of=told.as_of,
        tasks=section(title, rows, total=count, link=link),
        **more,
    )
