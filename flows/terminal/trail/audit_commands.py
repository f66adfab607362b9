"""The commands of ``dondoc audit``: registered here, done in ``audit.py``."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from flows.terminal.options import TEXT, counted

Command = Callable[..., None]
_HEAD = "Mã niêm phong ghi trong một thư báo cáo lãnh đạo; báo lỗi nếu chuỗi không còn chứa mã đó."


def audit_group(refusing: Callable[[Command], Command]) -> typer.Typer:
    """The group of commands; each says on stderr what it refuses."""
    group = typer.Typer(
        help="Nhật ký: kiểm tra, mã niêm phong, xóa tên của năm đã qua.", no_args_is_help=True
    )
    group.command("verify")(refusing(verify))
    group.command("head")(refusing(head))
    group.command("black-out")(refusing(black_out))
    return group


def verify(
    known: Annotated[str, typer.Option("--head", parser=TEXT, help=_HEAD)] = "",
) -> None:
    """Kiểm tra nhật ký: nêu từng dòng bị sửa, xóa, chèn hoặc đổi thứ tự. Mã kết thúc 1 nếu có."""
    from flows.terminal.trail.audit import verify_trail

    verify_trail(known)


def head() -> None:
    """Mã niêm phong hiện nay của nhật ký: số dòng và mã, để cất ở nơi khác."""
    from flows.terminal.trail.audit import show_head

    show_head()


def black_out(
    year: Annotated[Any, typer.Option("--year", parser=counted(1900, 2999, "Năm"), help="Năm đã qua.")],
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Xóa họ tên, địa chỉ thư ghi bằng lời trong nhật ký của một năm đã qua; không lấy lại được."""
    from flows.terminal.trail.audit import black_out_year

    black_out_year(year, yes)
