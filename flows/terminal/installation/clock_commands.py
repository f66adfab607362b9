"""``dondoc clock``: what the clock shows and whether it is believed, confirming it, leading back to it."""

from collections.abc import Callable

import typer

Command = Callable[..., None]


def clock_group(refusing: Callable[[Command], Command]) -> typer.Typer:
    """The group of commands; each says on stderr what it refuses."""
    group = typer.Typer(help="Đồng hồ mà cơ sở dữ liệu làm việc theo.", invoke_without_command=True)
    group.callback()(refusing(show))
    group.command("confirm")(refusing(confirm))
    group.command("real")(refusing(real))
    return group


def show(context: typer.Context) -> None:
    """Xem thời điểm mà hệ thống đang làm việc; thêm «confirm» hoặc «real» để thay đổi."""
    if context.invoked_subcommand is None:
        from flows.terminal.installation.clock import show_clock

        show_clock()


def confirm() -> None:
    """Xác nhận đồng hồ của máy đúng, sau khi hệ thống dừng vì đồng hồ vượt quá giới hạn."""
    from flows.terminal.installation.clock import confirm_clock

    confirm_clock()


def real() -> None:
    """Đưa cơ sở dữ liệu đang sống theo thời điểm giả định (--now) trở lại đồng hồ thật."""
    from flows.terminal.installation.clock import back_to_the_clock

    back_to_the_clock()
