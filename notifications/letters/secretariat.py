"""Letters to the secretariat: results to confirm, and bodies that nothing can be sent to."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.filters import clean, grouped, shorten
from notifications.letters.frame import compose
from notifications.letters.matters import MOST_ROWS, OfBody
from notifications.letters.rows import Group, Section, list_link, section
from notifications.letters.short import short_letter, tasks_short
from notifications.letters.subjects import many, single
from notifications.letters.task_rows import submitted_row, unsent_row
from notifications.parcel import Letter
from rules.facts import TaskLine


def confirmation_letter(
    to_name: str, as_of: date, lines: Sequence[TaskLine], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """Results that lead agencies have submitted and that await confirmation."""
    to_name, shown, count = clean(to_name), clean(tuple(lines[:most])), len(lines)
    rows = [submitted_row(line, as_of, base_url) for line in shown]
    words = f"{grouped(count)} kết quả chờ xác nhận"
    subject = single(shown[0], "Chờ xác nhận kết quả") if count == 1 else many(words)
    link = f"{list_link(base_url)}?trang-thai=submitted"
    return compose(
        "confirmation",
        subject=subject,
        short=tasks_short(subject, rows, link, count),
        heading=words,
        to_name=to_name,
        as_of=as_of,
        tasks=section("Kết quả chờ xác nhận", rows, total=count, link=link, noun="kết quả"),
    )


def no_contact_letter(
    to_name: str,
    as_of: date,
    bodies: Sequence[OfBody],
    base_url: str,
    unwritten: bool = False,
) -> Letter:
    """Bodies that could not be written to, each with what could not be sent to it.

    Either none of their addresses works, or (``unwritten``) their letter could not be worded.
    """
    groups = tuple(
        Group(body.name, [unsent_row(line, base_url) for line in body.lines], body.total)
        for body in clean(tuple(bodies))
    )
    several = f"{grouped(len(groups))} cơ quan"
    trouble = "chưa có địa chỉ liên hệ dùng được"
    subject = many(f"Không soạn được thư gửi {several}" if unwritten else f"{several} {trouble}")
    items = [f"- {shorten(group.title)}: {grouped(group.count)} nhiệm vụ" for group in groups]
    return compose(
        "no_contact",
        subject=subject,
        short=short_letter(subject, items, f"{base_url.rstrip('/')}/", noun="cơ quan"),
        heading=f"Chưa gửi được thư tới {several}",
        to_name=clean(to_name),
        as_of=as_of,
        bodies=len(groups),
        unwritten=unwritten,
        tasks=Section("Nhiệm vụ chưa thông báo được", groups, link=list_link(base_url)),
    )
