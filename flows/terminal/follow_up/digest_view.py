"""The leadership digest on the terminal: every heading carries the number of its rows."""

from collections.abc import Sequence

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from notifications.letters.kit.filters import grouped
from rules.deadlines.classes import line_label
from rules.deadlines.wording import urged_words
from rules.facts import CaseFacts, Digest, LeagueRow, TaskLine


def digest_view(digest: Digest) -> Panel:
    """What only the leaders can do first, then what is late, due, old and silent."""
    sections = (
        ("CẦN QUYẾT ĐỊNH", "bold red", "decisions", [_case(case) for case in digest.decisions]),
        ("Ở CƠ QUAN ĐÃ KẾT THÚC HOẠT ĐỘNG", "red", "at_ended_bodies", _tasks(digest.at_ended_bodies)),
        ("QUÁ HẠN TRÊN 90 NGÀY", "red", "overdue_over_90", _tasks(digest.overdue_over_90)),
        ("QUÁ HẠN 31–90 NGÀY", "red", "overdue_31_90", _tasks(digest.overdue_31_90)),
        ("QUÁ HẠN 1–30 NGÀY", "red", "overdue_1_30", _tasks(digest.overdue_1_30)),
        ("ĐÃ ĐÔN ĐỐC TỪ 3 LẦN", "yellow", "urged_often", _tasks(digest.urged_often)),
        ("ĐẾN HẠN TRONG 7 NGÀY", "yellow", "due_7", _tasks(digest.due_7)),
        ("ĐẾN HẠN TRONG 8–14 NGÀY", "", "due_14", _tasks(digest.due_14)),
        ("CHỜ XÁC NHẬN", "", "waiting_confirmation", _tasks(digest.waiting_confirmation)),
        ("KHÔNG THỜI HẠN, QUÁ 3 THÁNG", "", "no_deadline_old", _tasks(digest.no_deadline_old)),
        (f"CHƯA CẬP NHẬT QUÁ {digest.silent_days} NGÀY", "", "silent", _tasks(digest.silent)),
        ("HOÀN THÀNH TỪ BÁO CÁO TRƯỚC", "green", "done_since", _tasks(digest.done_since)),
        (
            "ĐANG CHỜ CẤP KHÁC",
            "",
            "decisions_elsewhere",
            [_case(case) for case in digest.decisions_elsewhere],
        ),
        ("THEO CƠ QUAN", "", "league", [_league(row) for row in digest.league]),
    )
    parts = [
        _section(title, style, rows, digest.count(name)) for title, style, name, rows in sections if rows
    ]
    total, still_open = grouped(digest.total), grouped(digest.total_open)
    title = f"Báo cáo ngày {digest.as_of:%d/%m/%Y}: {total} nhiệm vụ, {still_open} đang mở"
    return Panel(Group(*parts), title=title, title_align="left", border_style="red")


def _section(title: str, style: str, rows: Sequence[tuple[str, str, str]], count: int) -> Group:
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(width=9)
    grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    for code, text, figure in rows:
        grid.add_row(Text(code, style="cyan"), Text(text), Text(figure))
    return Group(Text(f"{title} ({grouped(count)})", style=style or "bold"), grid)


def _case(case: CaseFacts) -> tuple[str, str, str]:
    text = f"{case.task.agency_name}, đang ở {case.rung.label}: {case.missing_authority}"
    return case.task.code, text, f"chờ {case.days_waiting} ngày"


def _tasks(lines: Sequence[TaskLine]) -> list[tuple[str, str, str]]:
    return [(row.task.code, f"{row.task.agency_name}: {row.task.title}", _figure(row)) for row in lines]


def _figure(row: TaskLine) -> str:
    if row.task.confirmed_on is not None:
        return line_label(row).lower()
    if row.days is None:
        return f"giao {row.task.assigned_on:%d/%m/%Y}"
    days = f"quá {-row.days} ngày" if row.days < 0 else f"còn {row.days} ngày"
    return ", ".join(filter(None, (days, urged_words(row.task).removeprefix("đã "))))


def _league(row: LeagueRow) -> tuple[str, str, str]:
    rate = "–" if row.in_time_rate is None else f"{row.in_time_rate:.0f}%"
    total, done, overdue = map(grouped, (row.total, row.done, row.overdue))
    return "", row.agency_name, f"giao {total}, xong {done}, quá hạn {overdue}, đúng hạn {rate}"
