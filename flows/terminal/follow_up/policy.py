"""``dondoc policy check``: a policy in words, and what it would change."""

from datetime import date
from pathlib import Path

from rich.table import Table
from rich.text import Text

from config.clock import office_time
from config.committee import load_policy, office_policy
from flows.actions.follow_up.policy_check import (
    Difference,
    Lived,
    compare,
    lived_under,
    next_sweep,
    policy_changes,
    policy_sentences,
)
from flows.actions.installation.instant import present
from flows.actions.office import office_database, this_office
from flows.terminal.acting import terminal_act
from flows.terminal.commands import console
from models.db import DatabaseNotReady
from notifications.letters.kit.filters import grouped

SHOWN = 8  # codes in a cell


def check_policy(file: Path | None) -> None:
    """Print the policy in ``file``, or the present one, in words. Raises ConfigError naming lines."""
    asked = office_policy() if file is None else load_policy(file)
    _say("Chính sách sẽ làm gì", policy_sentences(asked))
    if file is not None:
        _say_changes(policy_changes(this_office().policy, asked))
    try:
        engine = office_database()
    except DatabaseNotReady as problem:
        console.print(f"Chưa so sánh được với các nhiệm vụ đang mở. {problem}", style="yellow", markup=False)
        return
    sweep = next_sweep(terminal_act(present(engine)))
    _say_sweep(compare(engine, sweep, asked), sweep.today, file is not None)
    _say_history(lived_under(engine, asked))
    engine.dispose()


def _say(title: str, sections: dict[str, list[str]]) -> None:
    console.print(Text(title, style="bold"))
    for name, sentences in sections.items():
        console.print(Text(f"  {name}", style="bold cyan"))
        grid = Table.grid(padding=(0, 1))
        for sentence in sentences:
            grid.add_row("   -", Text(sentence))
        console.print(grid)


def _say_changes(changes: list[tuple[str, str, str]]) -> None:
    console.print()
    if not changes:
        console.print("Không khác chính sách đang dùng.")
        return
    console.print(Text(f"Khác chính sách đang dùng ở {len(changes)} điểm", style="bold"))
    for path, old, new in changes:
        console.print(Text(f"  {path}", style="cyan"))
        grid = Table.grid(padding=(0, 1))
        grid.add_row("   nay:", Text(old))
        grid.add_row("   sẽ là:", Text(new, style="bold"))
        console.print(grid)


def _say_sweep(found: list[Difference], day: date, other: bool) -> None:
    console.print()
    console.print(Text(f"Với các nhiệm vụ đang mở, lượt quét ngày {day:%d/%m/%Y}", style="bold"))
    if not found:
        console.print("  Không có việc đến lúc phải nhắc, đôn đốc hay báo cáo.")
        return
    table = Table(show_edge=False, pad_edge=True)
    table.add_column("Việc")
    table.add_column("Đang dùng" if other else "Số lượng", justify="right")
    if other:
        table.add_column("Chính sách mới", justify="right")
        table.add_column("Thêm")
        table.add_column("Bớt")
    for one in found:
        change = [str(one.proposed), _codes(one.added), _codes(one.dropped)] if other else []
        table.add_row(one.kind.label, str(one.present), *change)
    console.print(table)


def _codes(codes: tuple[str, ...]) -> str:
    rest = len(codes) - SHOWN
    return ", ".join(codes[:SHOWN]) + (f" và {grouped(rest)} mã khác" if rest > 0 else "")


def _say_history(lived: list[Lived]) -> None:
    console.print()
    console.print(
        "Chính sách mới chỉ áp dụng từ lượt quét sau: thư đã gửi, số lần đôn đốc và báo cáo đã có giữ nguyên."
    )
    for one in lived:
        same = " (chính là chính sách này)" if one.same else ""
        since = f"từ {office_time(one.first_used_at):%H:%M ngày %d/%m/%Y}, {one.days} ngày theo dõi"
        console.print(f"  Đã áp dụng {since}, bản {one.digest[:8]}{same}", markup=False)
