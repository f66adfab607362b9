"""``dondoc person lost-phone``, ``sign-out`` and ``sign-out-all``."""

from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.people.taken_away import lose_telephone, sign_out, sign_out_everybody
from flows.terminal.acting import terminal_act
from flows.terminal.people.persons import say
from notifications.letters.kit.filters import grouped


def lost_phone_of(person: int) -> None:
    """Take the second factor away. Raises Refusal."""
    engine = office_database()
    ended = lose_telephone(engine, person, terminal_act(present(engine)))
    say(f"Đã gỡ mã xác thực của người sử dụng số {person}; chấm dứt {grouped(ended)} phiên đăng nhập.")
    say("Lần đăng nhập tới, người đó đặt mã xác thực mới. Hãy chắc chắn rằng đúng người đó yêu cầu.")


def sign_out_one(person: int, password: bool) -> None:
    """End what a person has open. Raises Refusal."""
    engine = office_database()
    ended = sign_out(engine, person, terminal_act(present(engine)), forget_password=password)
    say(f"Đã chấm dứt {grouped(ended)} phiên đăng nhập của người sử dụng số {person}.")
    if password:
        say(f"Đã xóa mật khẩu; «dondoc person link {person}» in liên kết để người đó đặt mật khẩu mới.")


def sign_out_all_of_them() -> None:
    """End what everybody has open. Raises Refusal."""
    engine = office_database()
    ended = sign_out_everybody(engine, terminal_act(present(engine)))
    say(f"Đã chấm dứt {grouped(ended)} phiên đăng nhập của tất cả mọi người.")
