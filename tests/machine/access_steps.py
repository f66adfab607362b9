"""Steps of the histories of access: what somebody does, whether it is done, and who then looks."""

from collections.abc import Callable
from datetime import timedelta

from models.tables.people import Absence, SeatRow
from rules.people.seat_roles import SeatRole
from tests.cast import rows
from tests.machine.access_machine import AccessMachine
from tests.machine.presses import Sent

Office = AccessMachine
Step = Callable[[Office], object]


def look(*persons: int) -> Step:
    """They look at everything there is."""

    def looking(here: Office) -> None:
        for person in persons:
            here.somebody_looks_at_everything(person - 1)

    return looking


def glance(*persons: int) -> Step:
    """They look at the lists, and at each row whether it is there."""

    def looking(here: Office) -> None:
        for person in persons:
            here.somebody_has_a_glance(person - 1)

    return looking


def days(count: int, clock: str = "09:10") -> Step:
    return lambda here: here.time_passes(count, clock)


def mornings(count: int) -> Step:
    return lambda here: here.mornings(count)


def away(is_away: bool) -> Step:
    return lambda here: here.the_post_is_away_or_back(is_away)


def sits(person: int, role: SeatRole, body: str | None, ahead: int = 0, more: int | None = None) -> Step:
    return lambda here: here.somebody_sits_down(person, (role, body), ahead, more)


def leaves(person: int, ahead: int = -1) -> Step:
    """The newest seat of that person ends."""

    def ends(here: Office) -> None:
        [*_, newest] = rows(here.engine, SeatRow, SeatRow.person_id == person)
        here.a_seat_ends(newest.id - 1, ahead)
        [after] = rows(here.engine, SeatRow, SeatRow.id == newest.id)
        assert after.valid_to == here.today + timedelta(days=ahead)

    return ends


def absent(person: int, deputy: int, more: int, seat: int | None = None) -> Step:
    def goes(here: Office) -> None:
        before = len(rows(here.engine, Absence))
        here.somebody_is_away(person, deputy, 0, more, seat)
        assert len(rows(here.engine, Absence)) == before + 1

    return goes


def sends(person: int, form: Sent, done: bool) -> Step:
    """Somebody sends a form, and whether something came of it."""

    def posts(here: Office) -> None:
        here.browsers.sits_down(person)
        answer = here.browsers.post(person, form.address, data=form.data, **form.files)
        assert (answer.status_code == 303) is done, (form.address, answer.status_code)

    return posts


def reported(key: int, body: str) -> Sent:
    data = {"vai": "chu-tri", "co-quan": body, "viec": "progress", "noi-dung": "Đang làm."}
    return Sent("viec", key, "tra-loi", data)


def handed(key: int, body: str, person: int) -> Sent:
    return Sent(
        "viec", key, "nguoi-thuc-hien", {"vai": "chu-tri", "co-quan": body, "nguoi": str(person), "ngay": ""}
    )


def part(who: str, state: str, body: str, key: int = 3) -> Sent:
    data = {"vai": who, "viec": state, "don-vi": body, "co-quan": body, "noi-dung": "Xong."}
    if who == "van-phong":
        del data["co-quan"]
    return Sent("viec", key, "phoi-hop", data | {"ly-do-phoi-hop": "Đã đủ."})


def case_answer(key: int, body: str, reply: str = "pass_up") -> Sent:
    said = {"cach": reply, "noi-dung": "Đồng ý.", "tu-cach": "Trưởng Ban Chỉ đạo", "co-quan": body}
    return Sent("trinh", key, "y-kien", said)
