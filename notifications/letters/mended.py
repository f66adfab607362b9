"""Letters about what was mended after the issue: put right, opened again, taken back as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.about_tasks import ToldTasks, letter_about
from notifications.letters.kit.filters import clean, day, shorten
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter
from notifications.letters.kit.rows import (
    Facts,
    ShownRow,
    deadline_facts,
    list_link,
    row,
    section,
    task_link,
)
from notifications.letters.kit.short import item, short_letter
from notifications.outbox.parcel import Letter
from rules.letter_words import OUT_OF_TASK
from rules.vocabulary import CorrectionField

#: What a body is told of its own part in a corrected task.
ROLES = {
    "lead": "Quý cơ quan chủ trì",
    "new_lead": "Giao quý cơ quan chủ trì",
    "old_lead": "Quý cơ quan không chủ trì nhiệm vụ này nữa",
    "joins": "Quý cơ quan chuyển từ chủ trì sang phối hợp",
    "cooperating": "Quý cơ quan phối hợp",
    "new": "Đề nghị quý cơ quan phối hợp",
    "released": "Quý cơ quan không phải phối hợp nữa",
}
_GIVEN = frozenset({"new_lead", "new", "joins"})
_WORDS_LIMIT = 400
_LINE_LIMIT = 300  # of a chat message
_SOURCE_LIMIT = 70


def correction_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To every body that has, had or gets a part: what the task said, and what it says now."""

    def one(matter: Matter) -> ShownRow:
        facts = tuple(_corrected(*change) for change in matter.corrected) + _reason(matter)
        if matter.role not in OUT_OF_TASK:
            facts += _lead(matter) + deadline_facts(matter.line.task)
        return row(matter.line, base_url, ROLES.get(matter.role, ""), facts=facts)

    roles = {matter.role for matter in matters}
    more = {
        "dated": any(_has(matter, CorrectionField.DUE) for matter in matters),
        "out": roles <= OUT_OF_TASK,
        "given": bool(roles & _GIVEN),
    }
    words = ("Đính chính nhiệm vụ", "nhiệm vụ được đính chính")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    letter = letter_about("correction", told, one, words, "Nhiệm vụ được đính chính", **more)
    return (
        replace(letter, short=_short(letter.subject, matters[0], base_url)) if len(matters) == 1 else letter
    )


def reopened_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To the lead and the cooperating bodies: tasks whose confirmation was taken back."""

    def one(matter: Matter) -> ShownRow:
        task = matter.line.task
        facts = _reason(matter)
        if matter.confirmed_on:
            facts += (("Đã xác nhận hoàn thành", f"ngày {day(matter.confirmed_on)}, nay hủy xác nhận"),)
        if task.submitted_on:
            facts += (("Kết quả đã báo cáo", f"ngày {day(task.submitted_on)}"),)
        return row(matter.line, base_url, facts=facts + deadline_facts(task))

    words = ("Mở lại nhiệm vụ", "nhiệm vụ được mở lại")
    told = ToldTasks(to_name, as_of, matters, base_url, most)
    return letter_about("reopened", told, one, words, "Nhiệm vụ được mở lại")


def recalled_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], reason: str, base_url: str, total: int
) -> Letter:
    """To one body: a document was taken back, with all tasks of it that the body worked on.

    ``matters`` are the first of ``total``; ``Matter.role`` says whether the body leads or cooperates.
    """
    shown, link = clean(tuple(matters)), list_link(base_url)
    rows = [
        replace(row(one.line, base_url, "Chủ trì" if one.role == "lead" else "Phối hợp"), facts=_lead(one))
        for one in shown
    ]
    source = shown[0].line.task.source
    subject = subjects.many(f"Thu hồi {shorten(source, _SOURCE_LIMIT)}")
    return letter_from(
        "recalled",
        subject=subject,
        short=short_letter(subject, [item(replace(one, deadline="")) for one in rows], link, total=total),
        heading="Thu hồi văn bản",
        to_name=clean(to_name),
        as_of=as_of,
        source=source,
        reason=clean(reason),
        tasks=section("Nhiệm vụ không phải thực hiện", rows, total=total, link=link),
    )


def _corrected(label: str, before: str, after: str) -> tuple[str, str]:
    return label, f"{shorten(after, _WORDS_LIMIT)} (trước khi đính chính: {shorten(before, _WORDS_LIMIT)})"


def _short(subject: str, matter: Matter, base_url: str) -> str:
    """A single correction says in chat too what was wrong."""
    lines = (": ".join(_corrected(*change)) for change in clean(matter.corrected))
    changes = [shorten(line, _LINE_LIMIT) for line in lines]
    return short_letter(subject, changes, task_link(base_url, matter.line.task))


def _has(matter: Matter, field: CorrectionField) -> bool:
    return any(label == field.label for label, _, _ in matter.corrected)


def _lead(matter: Matter) -> Facts:
    """Who leads, for those who do not, unless it was just told."""
    if matter.role in ("lead", "new_lead") or _has(matter, CorrectionField.LEAD):
        return ()
    return (("Cơ quan chủ trì", matter.line.task.agency_name),)


def _reason(matter: Matter) -> Facts:
    return (("Lý do", matter.reason),) if matter.reason else ()
