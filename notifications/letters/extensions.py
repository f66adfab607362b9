"""Letters about later deadlines: the request to whoever assigned the task, and the answer to the lead."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, day, grouped
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import Facts, ShownRow, deadline_facts, list_link, row, section
from notifications.letters.kit.short import tasks_short
from notifications.outbox.parcel import Letter
from rules.vocabulary import ExtensionState


def extension_letter(
    to_name: str,
    as_of: date,
    matters: Sequence[Matter],
    base_url: str,
    flag_from: int = 3,
    most: int = MOST_ROWS,
) -> Letter:
    """Requests that wait for an answer; from the ``flag_from``-th on a task is marked as often extended."""
    to_name, shown, count = clean(to_name), clean(tuple(matters[:most])), len(matters)
    rows = [_asked_row(matter, flag_from, base_url) for matter in shown]
    subject = subjects.about(shown, count, "Đề nghị gia hạn", "đề nghị gia hạn chờ trả lời")
    link = list_link(base_url)
    return letter_from(
        "extension",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading="Đề nghị gia hạn" if count == 1 else f"{grouped(count)} đề nghị gia hạn chờ trả lời",
        to_name=to_name,
        as_of=as_of,
        tasks=section("Đề nghị chờ trả lời", rows, total=count, link=link, noun="đề nghị"),
    )


def counter_taken_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the assigner's side: leads that took the date which was proposed to them; nothing to answer."""
    to_name, shown, count = clean(to_name), clean(tuple(matters[:most])), len(matters)
    rows = [_taken_row(matter, base_url) for matter in shown]
    words = ("Cơ quan đồng ý thời hạn được đề xuất", "thời hạn được đề xuất đã được cơ quan đồng ý")
    subject = subjects.about(shown, count, *words)
    link = list_link(base_url)
    return letter_from(
        "counter_taken",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading=words[0] if count == 1 else f"{grouped(count)} {words[1]}",
        to_name=to_name,
        as_of=as_of,
        tasks=section("Thời hạn đã gia hạn", rows, tone="done", total=count, link=link),
    )


def _taken_row(matter: Matter, base_url: str) -> ShownRow:
    task = matter.line.task
    facts: Facts = (("Cơ quan chủ trì", task.agency_name), *deadline_facts(task))
    if matter.day:
        facts += (("Thời hạn đã đề nghị", f"ngày {day(matter.day)}"),)
    return row(matter.line, base_url, f"Gia hạn lần {matter.number or 1}", "done", facts)


def _asked_row(matter: Matter, flag_from: int, base_url: str) -> ShownRow:
    task, number = matter.line.task, matter.number or 1
    often = "; gia hạn nhiều lần" if number >= flag_from else ""
    facts: Facts = (("Cơ quan đề nghị", matter.body or task.agency_name), *deadline_facts(task))
    if matter.day:
        facts += (("Đề nghị gia hạn đến", f"ngày {day(matter.day)}"),)
    if matter.reason:
        facts += (("Lý do", matter.reason),)
    return row(matter.line, base_url, f"Đề nghị lần {number}{often}", "late" if often else "calm", facts)


def extension_answer(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """What was answered to the lead agency: agreed, refused, or another date proposed."""
    to_name, shown, count = clean(to_name), clean(tuple(matters[:most])), len(matters)
    rows = [_answered_row(matter, base_url) for matter in shown]
    one = answered(matters[0])
    subject = subjects.about(shown, count, one, "đề nghị gia hạn đã được trả lời")
    link = list_link(base_url)
    return letter_from(
        "extension_answer",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading="Trả lời đề nghị gia hạn",
        to_name=to_name,
        as_of=as_of,
        countered=any(matter.state is ExtensionState.COUNTERED for matter in matters),
        tasks=section("Đề nghị đã được trả lời", rows, total=count, link=link, noun="đề nghị"),
    )


def answered(matter: Matter) -> str:
    """The answer in a few words."""
    until = f" ngày {day(matter.day)}" if matter.day else ""
    if matter.state is ExtensionState.AGREED:
        return f"Đồng ý gia hạn đến{until}" if until else "Đồng ý gia hạn"
    if matter.state is ExtensionState.COUNTERED:
        return f"Đề xuất thời hạn khác: chậm nhất{until}" if until else "Đề xuất thời hạn khác"
    return "Không đồng ý gia hạn"


def _answered_row(matter: Matter, base_url: str) -> ShownRow:
    facts = deadline_facts(matter.line.task)
    if matter.decided_by:
        facts += (("Thẩm quyền trả lời", matter.decided_by),)
    if matter.reason:
        facts += (("Ý kiến", matter.reason),)
    tone = "done" if matter.state is ExtensionState.AGREED else "today"
    mark = answered(matter) + ("; gia hạn nhiều lần" if matter.often else "")
    return row(matter.line, base_url, mark, tone, facts)
