"""The commands that keep an office safe: registered here, done in ``keeping.py`` and ``supply.py``."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.terminal.options import STATE, TEXT

Command = Callable[..., None]


def add_to(app: typer.Typer, refusing: Callable[[Command], Command]) -> None:
    """Add backup, restore, restored, copy and advisories to the command line."""
    keeping = (backup, restore, restored, copy, advisories)
    commands: dict[str, Command] = {command.__name__: command for command in keeping}
    for name, command in commands.items():
        app.command(name)(refusing(command))


def backup(file: Annotated[Path, typer.Argument(help="Tệp sao lưu sẽ tạo; không ghi đè tệp đã có.")]) -> None:
    """Sao lưu: cơ sở dữ liệu, tệp kèm báo cáo, sổ chứng, cấu hình vào một tệp chỉ mình đọc được."""
    from flows.terminal.installation.keeping import write_backup

    write_backup(file)


def restore(file: Annotated[Path, typer.Argument(help="Tệp do «dondoc backup» tạo.")]) -> None:
    """Khôi phục bản sao lưu vào cơ sở dữ liệu mới, trống; thư đã gửi sau đó không bị gửi lại."""
    from flows.terminal.installation.keeping import read_backup

    read_backup(file)


_AT = "Thời điểm ISO 8601 của trạng thái đã khôi phục; «now» nếu chỉ mất sổ chứng."


def restored(at: Annotated[Any, typer.Option("--at", parser=STATE, help=_AT)]) -> None:
    """Khai báo cơ sở dữ liệu vừa được khôi phục (bằng công cụ khác), để thư được gửi tiếp."""
    from flows.terminal.installation.keeping import declare_restored

    declare_restored(at)


def copy(
    target: Annotated[str, typer.Argument(parser=TEXT, help="Tệp SQLite sẽ tạo.")],
    for_tests: Annotated[
        bool, typer.Option("--for-tests", help="Bản sao để thử, không gửi được thư.")
    ] = False,
) -> None:
    """Tạo bản sao để thử: chạy được mọi việc, không bao giờ gửi thư."""
    from flows.terminal.installation.keeping import write_copy

    write_copy(target, for_tests)


def advisories(
    folder: Annotated[Path, typer.Argument(help="Thư mục chứa các tệp cảnh báo OSV (.json) của đơn vị.")],
    lock: Annotated[
        list[Path] | None,
        typer.Option("--lock", help="Tệp khóa phiên bản; bỏ trống là của bản phần mềm này."),
    ] = None,
) -> None:
    """So các gói đang dùng với những lỗ hổng đã biết (tệp OSV); không cần mạng."""
    from flows.terminal.installation.supply import check_advisories

    check_advisories(folder, lock or [])
