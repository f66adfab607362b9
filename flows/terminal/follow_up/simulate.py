"""``dondoc simulate``: who would get what and when, day by day."""

from datetime import date
from pathlib import Path
from typing import TypedDict

from rich.table import Table
from rich.text import Text

from config.clock import office_day, office_time
from config.committee import load_policy
from flows.actions.follow_up.simulate import Simulated, SimulatedDay, simulate
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.terminal.acting import told_office
from flows.terminal.commands import console
from flows.terminal.screen import say_json
from notifications.channels.frame.addresses import channel_label
from notifications.letters.kit.filters import grouped

SHOWN = 6  # codes of one kind in a row
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


class ShownMessage(TypedDict):
    """A message in ``--json``: ``at`` is ISO in the office's time, ``letters`` codes of tasks by kind."""

    at: str
    agency: str
    reader: str
    role: str
    channel: str
    subject: str
    letters: dict[str, list[str]]


class ShownDay(TypedDict):
    """A day in ``--json``; ``unreached`` are bodies without an address."""

    day: str
    working: bool
    unreached: list[str]
    messages: list[ShownMessage]


def show_simulation(first: date | None, days: int, file: Path | None, as_json: bool) -> None:
    """Print each day as it is reached. Raises Refusal; the database is only read."""
    policy = None if file is None else load_policy(file)
    engine, office = office_database(), told_office()
    today = office_day(present(engine))
    start = today if first is None else first
    found = simulate(engine, office, start, days, policy)
    if not as_json:
        _introduce(start < today)
    letters = 0
    for day in found:
        letters += len(day.messages)
        if as_json:
            say_json(as_data(day))
        else:
            _show(day)
    if not as_json:
        console.print(
            f"Cộng {grouped(letters)} thư trong {days} ngày. Không thư nào được gửi, dữ liệu không thay đổi."
        )
    engine.dispose()


def _introduce(past: bool) -> None:
    console.print("Mô phỏng trên bản sao, giả định trong những ngày này không ai cập nhật hay trả lời gì.")
    if past:
        console.print(
            "Ngày bắt đầu ở trước hiện tại: nhiệm vụ được lấy theo tình trạng hiện nay.", style="yellow"
        )


def as_data(day: SimulatedDay) -> ShownDay:
    """One day as JSON."""
    return {
        "day": day.day.isoformat(),
        "working": day.working,
        "unreached": list(day.unreached),
        "messages": [
            {
                "at": office_time(one.at).isoformat(),
                "agency": one.agency,
                "reader": one.reader,
                "role": one.role,
                "channel": one.channel,
                "subject": one.subject,
                "letters": {kind.value: list(codes) for kind, codes in one.letters.items()},
            }
            for one in day.messages
        ],
    }


def _show(day: SimulatedDay) -> None:
    name = f"{WEEKDAYS[day.day.weekday()]}, {day.day:%d/%m/%Y}"
    if not day.messages and not day.unreached:
        console.print(Text(f"{name}: {'không có thư' if day.working else 'ngày nghỉ'}", style="dim"))
        return
    off = "" if day.working else " (ngày nghỉ)"
    console.print(Text(f"{name}{off}: {grouped(len(day.messages))} thư", style="bold"))
    if day.messages:
        console.print(_table(day.messages))
    for agency in day.unreached:
        console.print(Text(f"  Chưa có địa chỉ liên hệ: {agency}", style="yellow"))


def _table(messages: tuple[Simulated, ...]) -> Table:
    table = Table(show_header=False, show_edge=False, box=None, expand=True, padding=(0, 2, 0, 0))
    table.add_column(width=7, justify="right", style="dim")
    table.add_column(ratio=5)
    table.add_column(width=11, style="dim")
    table.add_column(ratio=6)
    for one in messages:
        reader = one.reader if one.agency in one.reader else f"{one.reader} ({one.agency})"
        what = Text(_content(one))
        table.add_row(f"{office_time(one.at):%H:%M}", Text(reader), channel_label(one.channel), what)
    return table


def _content(one: Simulated) -> str:
    lines = []
    for kind, codes in one.letters.items():
        rest = len(codes) - SHOWN
        more = f" và {grouped(rest)} mã khác" if rest > 0 else ""
        lines.append(f"{kind.label}{': ' if codes else ''}{', '.join(codes[:SHOWN])}{more}")
    return "\n".join(lines)
