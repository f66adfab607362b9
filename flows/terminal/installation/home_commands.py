"""``dondoc init`` and ``check``: registered here, done in ``init_command.py`` and ``check_command.py``."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.terminal.options import TEXT

Command = Callable[..., None]


def add_to(app: typer.Typer, refusing: Callable[[Command], Command]) -> None:
    """Add both to the command line."""
    app.command("init")(refusing(init))
    app.command("check")(refusing(check))


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Thư mục sẽ tạo; bỏ trống là DONDOC_HOME, không có nữa thì là ./dondoc-home."),
    ] = None,
    example: Annotated[
        str | None, typer.Option("--example", parser=TEXT, help="Sổ cơ quan của một ví dụ: soc-trang-2022.")
    ] = None,
) -> None:
    """Tạo thư mục cấu hình của văn phòng: cấu hình, chính sách, sổ cơ quan, lịch; không ghi đè gì."""
    from flows.terminal.installation.init_command import write_home_folder

    write_home_folder(folder, example)


def check(as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False) -> None:
    """Thử mọi thứ Văn phòng cần: dữ liệu, thư, Zalo, lịch, địa chỉ, đồng hồ; thiếu gì thì nói cách sửa."""
    from flows.terminal.installation.check_command import check_office

    check_office(as_json)
