"""What ``dondoc audit`` does, and what it says."""

import typer

from config.clock import office_time
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.trail.black_out import black_out, names_of_year
from flows.terminal.acting import terminal_act
from flows.terminal.commands import console
from models.db import reading
from models.trail.chain import Head
from models.trail.chain import head as head_of
from models.trail.verify import Found, verify
from notifications.letters.kit.filters import grouped
from rules.refusal import Refusal

_CLOCK = "%H:%M:%S ngày %d/%m/%Y"
_MOST = 200  # faults that are named
_DIGITS = frozenset("0123456789abcdef")


def verify_trail(known: str) -> None:
    """Look at the whole trail and name each fault; exit code 1 if there is one. Raises Refusal."""
    engine, wanted = office_database(), _digest(known)
    with reading(engine) as session:
        found = verify(session, present(engine), wanted)
    for one in found.faults[:_MOST]:
        _say(f"- {_fault(one)}.")
    if len(found.faults) > _MOST:
        _say(f"... và {grouped(len(found.faults) - _MOST)} lỗi khác.")
    _say(_head(found.head))
    if found.waiting:
        _say(f"{grouped(found.waiting)} dòng mới chưa niêm phong; lượt «dondoc tick» tới sẽ niêm phong.")
    if found.blacked_out:
        _say(f"{grouped(found.blacked_out)} dòng đã xóa tên theo năm.")
    if found.faults:
        _say(f"NHẬT KÝ CÓ {grouped(len(found.faults))} LỖI: xem docs/runbook.md.")
        raise typer.Exit(1)
    _say("Nhật ký nguyên vẹn.")


def show_head() -> None:
    """The end of the chain, to be kept elsewhere."""
    with reading(office_database()) as session:
        _say(_head(head_of(session)))


def black_out_year(year: int, yes: bool) -> None:
    """Ask, then black out the names of a year. Raises Refusal."""
    engine = office_database()
    act = terminal_act(present(engine))
    with reading(engine) as session:
        count = names_of_year(session, year)
    if not yes and not typer.confirm(
        f"Xóa tên trong {grouped(count)} dòng của năm {year}, không lấy lại được?"
    ):
        raise Refusal("Chưa xóa gì.")
    done = grouped(black_out(engine, year, act))
    _say(f"Đã xóa tên trong {done} dòng của năm {year}; chuỗi niêm phong giữ nguyên.")


def _digest(typed: str) -> str:
    """A digest as a letter tells it, in groups. Raises Refusal."""
    found = "".join(typed.split()).lower()
    if found and (len(found) != 64 or not _DIGITS.issuperset(found)):
        raise Refusal("Mã niêm phong gồm 64 ký tự 0-9, a-f như ghi trong thư báo cáo; hãy chép lại đủ.")
    return found


def _head(end: Head) -> str:
    if end.sealed_at is None:
        return "Nhật ký chưa có dòng nào được niêm phong."
    when = f"{office_time(end.sealed_at):{_CLOCK}}"
    return f"Đã niêm phong {grouped(end.count)} dòng, đến {when}; mã: {end.digest}"


def _fault(one: Found) -> str:
    seal = f"niêm phong số {grouped(one.seq)}" if one.seq is not None else "chưa niêm phong"
    row = f"Dòng số {one.row} ({seal})" if one.row is not None else seal.capitalize()
    when = f", {office_time(one.happened_at):{_CLOCK}}" if one.happened_at else ""
    what = f", {one.what.label}" if one.what else ""
    return f"{row}{when}{what}: {one.fault.value}"


def _say(text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)
