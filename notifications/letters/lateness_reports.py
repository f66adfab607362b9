"""Letters that a long delay causes: the report to a rung above, and the công văn to be signed."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, day, grouped, lateness, shorten, upper_first
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, Matter, OfBody
from notifications.letters.kit.rows import (
    Facts,
    LetterRows,
    Section,
    ShownRow,
    deadline_facts,
    list_link,
    papers_link,
    row,
    section,
)
from notifications.letters.kit.short import short_letter, tasks_short
from notifications.outbox.parcel import Letter
from rules.deadlines.wording import urged_words
from rules.facts import TaskLine


def crossing_letter(
    to_name: str, as_of: date, matters: Sequence[Matter], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """To a rung above: tasks that are late, or were urged, beyond the steps of the policy (``climbing``)."""
    to_name, shown, count = clean(to_name), clean(tuple(matters[:most])), len(matters)
    rows = [_crossed_row(matter.line, base_url) for matter in shown]
    subject = subjects.about(shown, count, "Báo cáo nhiệm vụ chậm", "nhiệm vụ chậm cần báo cáo")
    link = f"{list_link(base_url)}?han=qua-han"
    return letter_from(
        "crossing",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading="Báo cáo nhiệm vụ chậm",
        to_name=to_name,
        as_of=as_of,
        tasks=section("Nhiệm vụ chậm", rows, tone="late", total=count, link=link),
    )


def _crossed_row(line: TaskLine, base_url: str) -> ShownRow:
    task = line.task
    report = f"ngày {day(task.last_report_on)}" if task.last_report_on else "chưa có"
    facts: Facts = (
        ("Cơ quan chủ trì", task.agency_name),
        *deadline_facts(task),
        ("Báo cáo tiến độ gần nhất", report),
    )
    return row(line, base_url, _late(line), "late", facts)


def _late(line: TaskLine) -> str:
    return upper_first("; ".join(filter(None, (lateness(line.days), urged_words(line.task)))))


def paper_due_letter(
    to_name: str, as_of: date, bodies: Sequence[OfBody], base_url: str, paper_id: int | None = None
) -> Letter:
    """To the secretariat: a công văn đôn đốc is prepared for each of ``bodies`` and waits to be signed.

    ``paper_id`` is the paper, where there is only one; the letter then leads to it.
    """
    groups = tuple(
        LetterRows(body.name, [_paper_row(line, base_url) for line in body.lines], body.total)
        for body in clean(tuple(bodies))
    )
    subject = subjects.many(f"{grouped(len(groups))} công văn đôn đốc chờ ký")
    items = [f"- {shorten(group.title)}: {grouped(group.count)} nhiệm vụ" for group in groups]
    link = papers_link(base_url, paper_id)
    return letter_from(
        "paper_due",
        subject=subject,
        short=short_letter(subject, items, link, noun="công văn"),
        heading=f"{grouped(len(groups))} công văn đôn đốc chờ ký",
        to_name=clean(to_name),
        as_of=as_of,
        papers=len(groups),
        link=link,
        tasks=Section("Nhiệm vụ nêu trong công văn", groups, tone="late", link=link),
    )


def _paper_row(line: TaskLine, base_url: str) -> ShownRow:
    return row(line, base_url, _late(line), "late", deadline_facts(line.task))
