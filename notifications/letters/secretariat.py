"""Letters to the secretariat: results to confirm, bodies and channels that nothing can be sent to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.clock import office_time
from notifications.letters.kit.filters import clean, formal_day, grouped, shorten
from notifications.letters.kit.frame import letter_from
from notifications.letters.kit.matters import MOST_ROWS, OfBody
from notifications.letters.kit.rows import LetterRows, Section, list_link, section
from notifications.letters.kit.short import short_letter, tasks_short
from notifications.letters.kit.subjects import many, single
from notifications.letters.kit.task_rows import submitted_row, unsent_row
from notifications.outbox.parcel import Letter
from rules.facts import TaskLine
from rules.letter_words import Unreached

#: The subject of ``no_contact_letter`` for each reason; {} is how many bodies.
_TROUBLE = {
    Unreached.NO_ADDRESS: "{} chưa có địa chỉ liên hệ dùng được",
    Unreached.REFUSED: "Địa chỉ của {} bị máy chủ nhận thư từ chối",
    Unreached.NOT_TAKEN: "Thư gửi {} chưa được nơi nhận tiếp nhận",
    Unreached.CHANNEL: "Thư gửi {} phải chờ vì kênh gửi trục trặc",
    Unreached.UNWRITTEN: "Không soạn được thư gửi {}",
}
_UNHEARD = "Nhiệm vụ có lần đôn đốc chưa đến nơi nhận"


def confirmation_letter(
    to_name: str, as_of: date, lines: Sequence[TaskLine], base_url: str, most: int = MOST_ROWS
) -> Letter:
    """Results that lead agencies have submitted and that await confirmation."""
    to_name, shown, count = clean(to_name), clean(tuple(lines[:most])), len(lines)
    rows = [submitted_row(line, as_of, base_url) for line in shown]
    words = f"{grouped(count)} kết quả chờ xác nhận"
    subject = single(shown[0], "Chờ xác nhận kết quả") if count == 1 else many(words)
    link = f"{list_link(base_url)}?trang-thai=submitted"
    return letter_from(
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
    reason: Unreached = Unreached.NO_ADDRESS,
) -> Letter:
    """Bodies that could not be written to, for one reason, each with what could not be sent to it."""
    groups = _unsent(bodies, base_url)
    several = f"{grouped(len(groups))} cơ quan"
    subject = many(_TROUBLE[reason].format(several))
    items = [f"- {shorten(group.title)}: {grouped(group.count)} nhiệm vụ" for group in groups]
    return letter_from(
        "no_contact",
        subject=subject,
        short=short_letter(subject, items, f"{base_url.rstrip('/')}/", noun="cơ quan"),
        heading=f"Chưa gửi được thư tới {several}",
        to_name=clean(to_name),
        as_of=as_of,
        bodies=len(groups),
        reason=reason.value,
        urged=any(line.task.id in body.urgings for body in bodies for line in body.lines),
        tasks=Section("Nhiệm vụ chưa thông báo được", groups, link=list_link(base_url)),
    )


@dataclass(frozen=True, slots=True)
class ChannelTold:
    """A channel in trouble: its label, since when, and what it answered (free of secrets).

    ``waiting`` are the letters that will leave when it works again, ``urgings`` the tasks whose urgings
    came to nobody meanwhile.
    """

    label: str
    since: datetime
    said: str
    waiting: int
    urgings: Sequence[OfBody] = ()


def channel_down_letter(to_name: str, stopped: ChannelTold, base_url: str) -> Letter:
    """A whole channel in trouble, told by another one."""
    channel, said = shorten(clean(stopped.label), 60), shorten(clean(stopped.said), 300)
    begun, waiting = office_time(stopped.since), stopped.waiting
    subject = many(
        f"Kênh gửi «{channel}» trục trặc" + (f": {grouped(waiting)} thư chờ gửi" if waiting else "")
    )
    link = f"{base_url.rstrip('/')}/thu"
    return letter_from(
        "channel_down",
        subject=subject,
        short=short_letter(subject, [f"- {said}"] if said else [], link),
        heading=f"Kênh gửi «{channel}» trục trặc",
        to_name=clean(to_name),
        channel=channel,
        since=f"{begun:%H:%M}, {formal_day(begun.date())}",
        said=said,
        waiting=waiting,
        link=link,
        tasks=Section(_UNHEARD, _unsent(stopped.urgings, base_url), link=list_link(base_url)),
    )


def _unsent(bodies: Sequence[OfBody], base_url: str) -> tuple[LetterRows, ...]:
    """What could not be sent to each body."""
    return tuple(
        LetterRows(
            body.name,
            [unsent_row(line, base_url, body.urgings.get(line.task.id, ())) for line in body.lines],
            body.total,
        )
        for body in clean(tuple(bodies))
    )
