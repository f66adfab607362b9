"""``dondoc person`` and ``dondoc import people``: each command is a few lines over an action."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.terminal.arguments import (
    AbsenceNumber,
    AbsentFrom,
    AbsentTo,
    BodyName,
    DeputyNumber,
    Email,
    LastDay,
    LentSeat,
    NewName,
    Note,
    PersonName,
    PersonNumber,
    Phone,
    Role,
    SeatFrom,
    SeatNumber,
    SeatTo,
)

Command = Callable[..., None]
Refusing = Callable[[Command], Command]
PeopleFile = Annotated[Path, typer.Argument(help="Danh sách người sử dụng: .xlsx hoặc .csv.")]


def person_group(refusing: Refusing) -> typer.Typer:
    """The group of commands; each says on stderr what it refuses."""
    group = typer.Typer(help="Người sử dụng, vị trí ở các cơ quan, vắng mặt.", no_args_is_help=True)
    commands: dict[str, Command] = {
        "add": add, "change": change, "seat": seat, "end": end, "list": show, "link": link,
        "invite": invite, "deactivate": deactivate, "reactivate": reactivate, "lost-phone": lost_phone,
        "sign-out": sign_out, "sign-out-all": sign_out_all,
    }  # fmt: skip
    for name, command in commands.items():
        group.command(name)(refusing(command))
    absences = typer.Typer(help="Vắng mặt và người được ủy quyền thay.", no_args_is_help=True)
    absences.command("add")(refusing(say_absence))
    absences.command("end")(refusing(end_absence))
    absences.command("list")(refusing(show_absences))
    group.add_typer(absences, name="absence")
    return group


def add_import(importing: typer.Typer, refusing: Refusing) -> None:
    """``dondoc import people``."""
    importing.command("people")(refusing(import_people))


def add(
    name: PersonName,
    email: Email = None,
    phone: Phone = None,
    admin: Annotated[
        bool,
        typer.Option("--admin", help="Là quản trị hệ thống từ hôm nay; in liên kết đăng nhập dùng một lần."),
    ] = False,
) -> None:
    """Thêm một người sử dụng."""
    from flows.terminal.people.persons import add_one

    add_one(name, email, phone, admin)


def change(person: PersonNumber, name: NewName = None, email: Email = None, phone: Phone = None) -> None:
    """Sửa họ tên, thư điện tử, điện thoại; ghi "" để xóa thư điện tử hoặc điện thoại."""
    from flows.terminal.people.persons import change_one

    change_one(person, name, email, phone)


def seat(
    person: PersonNumber, role: Role, body: BodyName = None, first: SeatFrom = None, last: SeatTo = None
) -> None:
    """Giao cho một người vị trí ở một cơ quan (quản trị hệ thống thì không có cơ quan)."""
    from flows.terminal.people.persons import seat_one

    seat_one(person, role, body, first, last)


def end(seat: SeatNumber, last: LastDay = None) -> None:
    """Kết thúc một vị trí; ngay trước ngày đầu là hủy vị trí ghi nhầm."""
    from flows.terminal.people.persons import end_one

    end_one(seat, last)


def show(body: BodyName = None) -> None:
    """Danh sách người sử dụng với các vị trí đang giữ và sắp giữ."""
    from flows.terminal.people.listed import show_persons

    show_persons(body)


def link(person: PersonNumber) -> None:
    """In liên kết dùng một lần để một người đăng nhập. Chỉ đưa cho chính người đó."""
    from flows.terminal.people.persons import show_link

    show_link(person)


def invite(person: PersonNumber) -> None:
    """Gửi thư mời một người, kèm liên kết dùng một lần để đặt mật khẩu."""
    from flows.terminal.people.persons import invite_one

    invite_one(person)


def deactivate(person: PersonNumber) -> None:
    """Cho một người ngừng sử dụng hệ thống."""
    from flows.terminal.people.persons import deactivate_one

    deactivate_one(person)


def reactivate(person: PersonNumber) -> None:
    """Cho một người sử dụng lại hệ thống."""
    from flows.terminal.people.persons import reactivate_one

    reactivate_one(person)


def lost_phone(person: PersonNumber) -> None:
    """Gỡ mã xác thực của một người mất điện thoại; mọi phiên đăng nhập của người đó chấm dứt."""
    from flows.terminal.people.taken_away import lost_phone_of

    lost_phone_of(person)


def sign_out(
    person: PersonNumber,
    password: Annotated[
        bool, typer.Option("--password", help="Xóa cả mật khẩu: người đó vào lại bằng liên kết mới.")
    ] = False,
) -> None:
    """Chấm dứt mọi phiên đăng nhập của một người; liên kết, trình duyệt tin cậy hết hiệu lực."""
    from flows.terminal.people.taken_away import sign_out_one

    sign_out_one(person, password)


def sign_out_all() -> None:
    """Chấm dứt mọi phiên đăng nhập của tất cả mọi người."""
    from flows.terminal.people.taken_away import sign_out_all_of_them

    sign_out_all_of_them()


def say_absence(
    person: PersonNumber,
    deputy: DeputyNumber,
    first: AbsentFrom,
    last: AbsentTo,
    seat: LentSeat = None,
    note: Note = "",
) -> None:
    """Ghi một người vắng mặt và ai được ủy quyền thay."""
    from flows.terminal.people.absences import say_one

    say_one(person, deputy, first, last, seat, note)


def end_absence(absence: AbsenceNumber, last: LastDay = None) -> None:
    """Kết thúc sớm một lần vắng mặt; ngày trước ngày đầu là hủy."""
    from flows.terminal.people.absences import end_one

    end_one(absence, last)


def show_absences() -> None:
    """Những lần vắng mặt đang diễn ra và sắp tới."""
    from flows.terminal.people.absences import show_coming

    show_coming()


def import_people(
    file: PeopleFile,
    look: Annotated[bool, typer.Option("--look", help="Chỉ xem trước, không nhập.")] = False,
    inviting: Annotated[
        bool,
        typer.Option(
            "--invite", help="Gửi thư mời mỗi người mới đang giữ vị trí, kèm liên kết dùng một lần."
        ),
    ] = False,
) -> None:
    """Nhập danh sách người sử dụng và vị trí: tất cả hoặc không dòng nào; nhập lại không đổi gì."""
    from flows.terminal.people.import_list import import_file

    import_file(file, look, inviting)
