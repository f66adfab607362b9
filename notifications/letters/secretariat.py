"""Letters to the secretariat: results to confirm, and bodies that nothing can be sent to."""

from collections.abc import Sequence
from datetime import date

from notifications.letters.filters import clean, shorten
from notifications.letters.frame import compose
from notifications.letters.rows import Group, Section, section
from notifications.letters.short import short_letter, tasks_short
from notifications.letters.subjects import many, single
from notifications.letters.task_rows import submitted_row, unsent_row
from notifications.parcel import Letter
from rules.facts import TaskLine


def confirmation_letter(to_name: str, as_of: date, lines: Sequence[TaskLine], base_url: str) -> Letter:
    """Results that lead agencies have submitted and that await confirmation."""
    to_name, lines = clean(to_name), clean(tuple(lines))
    rows = [submitted_row(line, as_of, base_url) for line in lines]
    alone = len(lines) == 1
    subject = single(lines[0], "Chờ xác nhận kết quả") if alone else many(f"{len(rows)} kết quả chờ xác nhận")
    return compose(
        "confirmation",
        subject=subject,
        short=tasks_short(subject, rows, base_url),
        heading=f"{len(rows)} kết quả chờ xác nhận",
        to_name=to_name,
        as_of=as_of,
        tasks=section("Kết quả chờ xác nhận", rows),
    )


def no_contact_letter(
    to_name: str, as_of: date, rows: Sequence[tuple[str, Sequence[TaskLine]]], base_url: str
) -> Letter:
    """Bodies without a usable contact, each with what could not be sent to it."""
    to_name = clean(to_name)
    bodies = [(clean(name), clean(tuple(lines))) for name, lines in rows]
    groups = tuple(Group(name, [unsent_row(line, base_url) for line in lines]) for name, lines in bodies)
    subject = many(f"{len(groups)} cơ quan chưa có địa chỉ liên hệ dùng được")
    items = [f"- {shorten(group.title)}: {len(group.rows)} nhiệm vụ" for group in groups]
    return compose(
        "no_contact",
        subject=subject,
        short=short_letter(subject, items, f"{base_url.rstrip('/')}/", noun="cơ quan"),
        heading=f"Chưa gửi được thư tới {len(groups)} cơ quan",
        to_name=to_name,
        as_of=as_of,
        bodies=len(groups),
        tasks=Section("Nhiệm vụ chưa thông báo được", groups),
    )
