"""``dondoc advisories``: whether known weaknesses hold for the versions that are installed."""

from collections.abc import Iterable
from pathlib import Path

import typer

from config.files.shown import shown_key
from flows.actions.installation.advisories import Compared, Weakness, compare
from flows.terminal.commands import console

#: What this checkout is installed from: the product, and the tool that installs it.
_CHECKOUT = Path(__file__).resolve().parents[3]
_LOCKS = ("requirements.txt", "requirements-build.txt")
_SHOWN = 20  # names of unreadable files


def check_advisories(folder: Path, locks: list[Path]) -> None:
    """Say what was found; exit with 1 if a weakness holds or cannot be judged. Raises Refusal."""
    done = compare(folder, locks or [_CHECKOUT / name for name in _LOCKS])
    _say(f"Đã so {done.packages} gói đã khóa phiên bản với {done.advisories} cảnh báo OSV", _until(done))
    _list("Có lỗ hổng đã biết", done.weak)
    _list("Không xét được, cần người xem", done.unjudged)
    if done.unreadable:
        more = " ..." if len(done.unreadable) > _SHOWN else ""
        _say(f"Không đọc được {len(done.unreadable)} tệp: {', '.join(done.unreadable[:_SHOWN])}{more}")
    if done.weak or done.unjudged or done.unreadable:
        raise typer.Exit(1)
    _say("Không có lỗ hổng đã biết nào.")


def _until(done: Compared) -> str:
    if not done.newest:
        return "."
    year, month, day = done.newest.split("-")
    return f"; cảnh báo mới nhất ngày {day}/{month}/{year}."


def _list(heading: str, found: Iterable[Weakness]) -> None:
    for place, one in enumerate(found):
        if not place:
            _say(f"{heading}:")
        also = f" ({shown_key(one.names, 200)})" if one.names else ""
        mended = f"; đã vá từ {shown_key(one.fixed)}" if one.fixed else ""
        _say(f"  {one.package} {shown_key(one.version)}: {shown_key(one.advisory)}{also}{mended}")
        if one.summary:
            _say(f"    {shown_key(' '.join(one.summary.split()), 200)}")


def _say(*parts: str) -> None:
    console.print("".join(parts), markup=False, soft_wrap=True)
