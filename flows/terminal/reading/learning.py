"""``dondoc aliases`` and ``dondoc reading-report``: what was learned, and how well documents were read."""

from dataclasses import asdict
from datetime import date

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from config.clock import office_time
from flows.actions.reading.aliases import AliasLine
from flows.terminal.commands import console
from flows.terminal.screen import say_json
from notifications.letters.kit.filters import grouped
from rules.reading.learning.reading_quality import NO_DEADLINE_READ, ReadingReport, reading_report
from rules.refusal import Refusal
from rules.vocabulary import CorrectionField

SHOWN = 8  # of the patterns that were corrected most


def show_aliases() -> None:
    """The confirmed names, also those that were taken back."""
    from flows.actions.office import office_database
    from flows.actions.reading.aliases import confirmed_aliases
    from models.db import reading

    with reading(office_database()) as session:
        lines = confirmed_aliases(session)
        console.print(aliases_view(lines) if lines else "Chưa ghi nhớ tên gọi nào.")


def aliases_view(lines: list[AliasLine]) -> Table:
    """A row for each name: what it means, who confirmed it, when and on which document."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Số", "Tên gọi", "Là cơ quan", "Ghi nhớ lúc", "Người ghi", "Từ văn bản"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        row = line.row
        when = f"{office_time(row.confirmed_at):%H:%M %d/%m/%Y}"
        if row.withdrawn_at:
            when += f"\nđã rút lúc {office_time(row.withdrawn_at):%H:%M %d/%m/%Y}"
        cells = (str(row.id), row.alias, line.body, when, row.author, f"{line.source} ({row.document_id})")
        table.add_row(*map(Text, cells), style="dim" if row.withdrawn_at else None)
    return table


def withdraw_one(alias_id: int) -> None:
    """Take one name back, at the present instant of the database. Raises Refusal."""
    from flows.actions.installation.instant import present
    from flows.actions.office import office_database
    from flows.actions.reading.aliases import withdraw_alias
    from flows.terminal.acting import terminal_act

    engine = office_database()
    row = withdraw_alias(engine, alias_id, terminal_act(present(engine)))
    console.print(f"Đã rút tên gọi số {alias_id} («{row.alias}»); văn bản đọc từ nay không dùng nữa.")


def show_reading_report(first: date | None, last: date | None, as_json: bool) -> None:
    """The report over the documents issued in these days. Raises Refusal."""
    from flows.actions.office import office_database
    from flows.actions.reading.correction_log import judged_readings
    from models.db import reading

    if first and last and last < first:
        raise Refusal("Khoảng thời gian không hợp lệ: ngày --to ở trước ngày --from.")
    with reading(office_database()) as session:
        report = reading_report(judged_readings(session, first, last))
    if as_json:
        say_json(asdict(report), indent=1)
    elif report.documents:
        console.print(report_view(report))
    else:
        console.print("Không có văn bản nào được phát hành trong thời gian này mà còn giữ bản đọc ban đầu.")


def report_view(report: ReadingReport) -> Group:
    """Directives, fields, doubts, and the rules of the reader that were corrected most."""
    parts = [_directives(report), _fields(report), _doubts(report)]
    return Group(*parts, *([_patterns(report)] if report.most_corrected else []))


def _directives(report: ReadingReport) -> Table:
    table = _table(f"Đọc {grouped(report.documents)} văn bản đã phát hành")
    table.add_row("Chỉ đạo hệ thống đọc được", str(report.directives_read))
    table.add_row("Giữ nguyên như hệ thống đọc", _of(report.kept_as_read, report.directives_read))
    table.add_row("Đọc thừa (không phải nhiệm vụ)", str(report.spurious))
    table.add_row("Đọc sót (Văn phòng thêm)", str(report.missed))
    table.add_row("Độ chính xác khi nhận ra chỉ đạo", _percent(report.precision))
    table.add_row("Độ đầy đủ khi nhận ra chỉ đạo", _percent(report.recall))
    return table


def _fields(report: ReadingReport) -> Table:
    table = _table("Đúng theo từng nội dung")
    for name, accuracy in report.field_accuracy.items():
        table.add_row(CorrectionField(name).label, _percent(accuracy))
    return table


def _doubts(report: ReadingReport) -> Table:
    table = _table("Nghi vấn")
    table.add_row("Chỉ đạo có nghi vấn", f"{grouped(report.with_doubt)} ({_percent(report.doubt_share)})")
    table.add_row("Không có nghi vấn mà đúng hoàn toàn", _percent(report.right_without_doubt))
    table.add_row("Có nghi vấn mà vẫn đúng hoàn toàn", _percent(report.right_with_doubt))
    return table


def _patterns(report: ReadingReport) -> Table:
    table = _table("Quy tắc đọc bị sửa nhiều nhất")
    for one in report.most_corrected[:SHOWN]:
        name = "không thấy thời hạn" if one.name == NO_DEADLINE_READ else one.name
        table.add_row(Text(name), f"{grouped(one.corrected)} lần / {grouped(one.read)} chỉ đạo")
    return table


def _table(title: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, show_header=False)
    table.add_column(width=44)
    table.add_column(width=22, justify="right", style="cyan")
    return table


def _of(part: int, whole: int) -> str:
    return f"{grouped(part)} ({_percent(part / whole if whole else None)})"


def _percent(rate: float | None) -> str:
    """55,6 % as Vietnamese papers write it; a dash where there is nothing to divide."""
    return "–" if rate is None else f"{rate * 100:.1f}".replace(".", ",") + " %"
