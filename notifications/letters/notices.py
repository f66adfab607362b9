"""Letters about what became of a task: returned, refused, withdrawn, handed over."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from notifications.letters import subjects
from notifications.letters.filters import clean, grouped
from notifications.letters.frame import compose
from notifications.letters.matters import MOST_ROWS, Matter
from notifications.letters.rows import Facts, Row, deadline_facts, list_link, row, section
from notifications.letters.short import tasks_short
from notifications.parcel import Letter


def returned_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead agency: results that the secretariat returned for re-doing, each with the fault."""

    def one(matter: Matter) -> Row:
        facts = _reason("Lý do trả lại", matter) + deadline_facts(matter.line.task)
        return row(matter.line, base_url, matter.fault.label if matter.fault else "", "late", facts)

    words = ("Kết quả bị trả lại làm lại", "kết quả bị trả lại làm lại")
    return _letter(
        "returned", to_name, as_of, matters, base_url, most, one, words, "Kết quả phải thực hiện lại"
    )


def refused_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the secretariat: tasks that a body refused, with its reasons. ``Matter.body`` is that body."""

    def one(matter: Matter) -> Row:
        task = matter.line.task
        facts: Facts = (("Cơ quan trả lại", matter.body or task.agency_name),)
        if matter.body and matter.body != task.agency_name:
            facts += (("Cơ quan chủ trì", task.agency_name),)
        return row(matter.line, base_url, facts=facts + _reason("Lý do", matter) + deadline_facts(task))

    words = ("Nhiệm vụ bị từ chối, trả lại", "nhiệm vụ bị từ chối, trả lại")
    return _letter(
        "refused", to_name, as_of, matters, base_url, most, one, words, "Nhiệm vụ bị từ chối, trả lại"
    )


def withdrawn_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead and cooperating bodies: tasks that the assigner withdrew."""

    def one(matter: Matter) -> Row:
        return row(matter.line, base_url, facts=_reason("Lý do", matter))

    words = ("Hủy nhiệm vụ", "nhiệm vụ được hủy")
    return _letter(
        "withdrawn", to_name, as_of, matters, base_url, most, one, words, "Nhiệm vụ không phải thực hiện"
    )


def handed_over_letter(
    to_name: str,
    as_of: date,
    matters: Sequence[Matter],
    legal_basis: str,
    taken: bool,
    base_url: str,
    most: int = MOST_ROWS,
) -> Letter:
    """One hand-over, to the body that takes over (``taken``) or to the one that gives.

    ``Matter.body`` is the other one. The new lead is told what was overdue when it came.
    """

    def one(matter: Matter) -> Row:
        task = matter.line.task
        late = taken and task.due_on is not None and task.due_on < task.assigned_on
        mark, tone = ("Đã quá hạn khi chuyển giao", "late") if late else ("", "calm")
        return row(matter.line, base_url, mark, tone, deadline_facts(task))

    side = "Tiếp nhận nhiệm vụ chuyển giao" if taken else "Chuyển giao nhiệm vụ"
    words = (side, "nhiệm vụ chuyển giao đến" if taken else "nhiệm vụ chuyển giao đi")
    more = {"legal_basis": clean(legal_basis), "taken": taken, "other": clean(matters[0].body)}
    return _letter(
        "handed_over", to_name, as_of, matters, base_url, most, one, words, "Nhiệm vụ chuyển giao", more
    )


def _letter(
    template: str,
    to_name: str,
    as_of: date,
    matters: Sequence[Matter],
    base_url: str,
    most: int,
    one: Callable[[Matter], Row],
    words: tuple[str, str],
    title: str,
    more: dict[str, Any] | None = None,
) -> Letter:
    """What these letters share: ``words`` are the subject of one task and of several."""
    count, shown, link = len(matters), clean(tuple(matters[:most])), list_link(base_url)
    rows = [one(matter) for matter in shown]
    subject = subjects.about(shown, count, *words)
    heading = words[0] if count == 1 else f"{grouped(count)} {words[1]}"
    return compose(
        template,
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading=heading,
        to_name=clean(to_name),
        as_of=as_of,
        tasks=section(title, rows, total=count, link=link),
        **(more or {}),
    )


def _reason(label: str, matter: Matter) -> Facts:
    return ((label, matter.reason),) if matter.reason else ()
