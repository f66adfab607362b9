"""To the secretariat: what the notice of a year, or its change, made of the deadlines counted over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.letters.kit import subjects
from notifications.letters.kit.filters import clean, grouped, upper_first
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, shares
from notifications.letters.kit.rows import Facts, LetterRows, Section, ShownRow, row
from notifications.letters.kit.short import short_letter
from notifications.outbox.parcel import Letter
from rules.deadlines.recounts import Recount
from rules.deadlines.wording import until
from rules.facts import TaskLine

#: The headings, with what stands under each.
_GROUPS = (
    ("Ngày tính lại đã qua, chờ Văn phòng quyết định", (Recount.ASKED,)),
    ("Thời hạn đã tính lại, đã thông báo cho cơ quan thực hiện", (Recount.MOVED, Recount.SET)),
    ("Giữ nguyên thời hạn đang áp dụng", (Recount.LEFT, Recount.KEPT, Recount.LAPSED)),
)


@dataclass(frozen=True, slots=True)
class CountedAnew:
    """One task: its deadline before, the day by the calendar as it is now, and what was done."""

    line: TaskLine
    outcome: Recount
    old: date
    new: date | None = None
    reason: str = ""  # why it was left alone


@dataclass(frozen=True, slots=True)
class ChangedCalendar:
    """The years whose days have changed ("2027"), the numbers of their notices, and what came of it."""

    years: str
    notice: str
    counted: Sequence[CountedAnew]


def calendar_letter(
    to_name: str, as_of: date, changed: ChangedCalendar, base_url: str, most: int = MOST_ROWS
) -> Letter:
    """Deadlines that wait for a word first, then those that moved, then those that were left."""
    years, counted = clean(changed.years), changed.counted
    kinds = [[one for one in counted if one.outcome in kind] for _, kind in _GROUPS]
    groups = [
        LetterRows(title, [_row(clean(one), base_url) for one in mine[:count]], len(mine))
        for (title, _), mine, count in zip(_GROUPS, kinds, shares(kinds, most), strict=True)
        if mine
    ]
    asked, moved, _ = map(len, kinds)
    said = f"{grouped(moved)} thời hạn tính lại" if moved or not asked else ""
    waits = f"{grouped(asked)} thời hạn chờ quyết định" if asked else ""
    subject = subjects.many(f"Lịch nghỉ năm {years}: " + "; ".join(filter(None, (waits, said))))
    link = f"{base_url.rstrip('/')}/lich-nghi"
    items = [f"- {group.title}: {grouped(group.count)}" for group in groups]
    return letter_from(
        "calendar",
        subject=subject,
        short=short_letter(subject, items, link),
        heading="Thời hạn tính lại theo lịch nghỉ",
        to_name=clean(to_name),
        as_of=as_of,
        years=years,
        notice=clean(changed.notice),
        asked=asked,
        link=link,
        tasks=Section("Thời hạn theo lịch nghỉ", tuple(groups), link=link),
    )


def _row(one: CountedAnew, base_url: str) -> ShownRow:
    set_anew = one.outcome in (Recount.MOVED, Recount.SET)
    facts: Facts = (
        ("Cơ quan chủ trì", one.line.task.agency_name),
        ("Thời hạn trước đây" if set_anew else "Thời hạn đang áp dụng", until(one.old)),
        ("Thời hạn tính lại", until(one.new) if one.new else "không tính được"),
    )
    if one.reason:
        facts += (("Giữ nguyên vì", one.reason),)
    waits = one.outcome is Recount.ASKED
    return row(one.line, base_url, upper_first(one.outcome.label), "late" if waits else "calm", facts)
