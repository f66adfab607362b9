"""What ``dondoc clock`` does, and what it says."""

from flows.actions.installation.clock_leap import confirm, live_by_the_clock
from flows.actions.installation.instant import clock_words, read_clock
from flows.actions.office import office_database
from flows.terminal.commands import console
from flows.terminal.tick_words import clock_lines
from models.installation.clock_leaps import ConfirmedBy


def show_clock() -> None:
    """The instant at which the database lives, and why it is that one."""
    clock = read_clock(office_database())
    if clock.leap is not None:
        for line in clock_lines(clock.leap):
            _say(line)
        _say(f"Đồng hồ của máy: {clock_words(clock.leap.shown)}. Tạm tính là {clock_words(clock.now)}.")
    elif clock.simulated:
        _say(
            f"Cơ sở dữ liệu này sống theo thời điểm được đặt: {clock_words(clock.now)}. "
            "Trở lại đồng hồ thật: «dondoc clock real»."
        )
    else:
        _say(f"Hệ thống làm việc theo đồng hồ của máy: {clock_words(clock.now)}.")


def confirm_clock() -> None:
    """Say that the clock is right. Raises Refusal."""
    shown = confirm(office_database(), ConfirmedBy.COMMAND)
    _say(f"Đã xác nhận đồng hồ đúng: {clock_words(shown)}. Lượt quét tới làm bù những việc đến hạn.")


def back_to_the_clock() -> None:
    """Leave the given time; said too where there was none."""
    shown = live_by_the_clock(office_database())
    if shown is None:
        _say("Cơ sở dữ liệu này đã theo đồng hồ của máy; không thay đổi gì.")
    else:
        _say(f"Từ nay cơ sở dữ liệu theo đồng hồ của máy: {clock_words(shown)}.")


def _say(text: str) -> None:
    console.print(text, markup=False)
