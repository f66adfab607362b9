"""May this person be absent on these days, and that one stand in for her?

On no day does anybody stand in who is absent too: so there is no circle of deputies, nor a chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.people.held.days import Days, first_gap
from rules.people.held.seats_taken import TakenSeat
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed
from rules.text.incoming import cleaned
from rules.text.typed import YEARS, in_reach

LONGEST_NOTE = 500
MOST_DAYS = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Who is absent, who stands in on which days (inclusive), in one seat or in all (None)."""

    person_id: int
    deputy_id: int
    first_on: date
    last_on: date
    seat_id: int | None = None
    note: str = ""

    @property
    def days(self) -> Days:
        """Its days."""
        return Days(self.first_on, self.last_on)


@dataclass(frozen=True, slots=True)
class StandIn:
    """An absence that stands: ``deputy`` for ``person``, with their names."""

    person: int
    name: str
    deputy: int
    deputy_name: str
    seat: int | None
    days: Days


@dataclass(frozen=True, slots=True)
class Known:
    """A person of an absence as the rules see her: the seats are those of all days."""

    id: int
    name: str
    active: bool
    seats: tuple[TakenSeat, ...] = ()

    def sits_on(self, day: date) -> bool:
        """Whether a seat of hers runs on ``day``."""
        return any(seat.days.has(day) for seat in self.seats)

    def stands_not(self, days: Days) -> date | None:
        """The first of ``days`` on which she cannot stand in for anybody; None: she can on all of them."""
        if not self.active:
            return days.first
        gap = first_gap((seat.days for seat in self.seats if not seat.days.none), days.first)
        return gap if gap is not None and days.has(gap) else None


def kept_note(typed: str) -> str:
    """The note as kept. Raises NotAllowed."""
    said = cleaned(typed).strip()
    if len(said) > LONGEST_NOTE:
        raise NotAllowed(f"Ghi chú dài {len(said)} ký tự, tối đa {LONGEST_NOTE}.")
    return said


def check_absence(new: NewAbsence, person: Known, deputy: Known, today: date) -> None:
    """Whether the two and the days are fit for it. Raises NotAllowed, in Vietnamese."""
    if person.id == deputy.id:
        raise NotAllowed(f"{person.name} không thể tự thay mình; hãy chọn người khác được ủy quyền.")
    _check_days(new, today)
    for one in (person, deputy):
        if not one.active:
            raise NotAllowed(f"{one.name} đã ngừng sử dụng hệ thống.")
    _check_sits(new, deputy)
    _check_seat(new, person)


def check_beside(new: NewAbsence, others: Iterable[StandIn]) -> None:
    """Whether it can stand beside the ``others`` that were not cancelled. Raises NotAllowed."""
    for other in others:
        if not other.days.meets(new.days):
            continue
        who = f"{other.deputy_name} thay {other.name} {other.days}"
        if other.person == new.person_id and (other.seat == new.seat_id or None in (other.seat, new.seat_id)):
            raise NotAllowed(f"Đã ghi {who}; hai lần vắng mặt không được chồng nhau.")
        if other.person == new.deputy_id and other.deputy == new.person_id:
            raise NotAllowed(f"Ủy quyền vòng tròn: đã ghi {who}; hãy chọn người khác.")
        if other.person == new.deputy_id:
            raise NotAllowed(f"{other.name} cũng vắng mặt {other.days}; hãy chọn người khác được ủy quyền.")
        if other.deputy == new.person_id:
            raise NotAllowed(f"Đã ghi {who}; hãy kết thúc ủy quyền đó trước.")


def ended_on(days: Days, last_day: date, today: date) -> Days | None:
    """The days of an absence that ends early with ``last_day``; None if it never began.

    What was done in the absent one's name before today stays done: it cannot end before yesterday.
    Raises NotAllowed.
    """
    last = days.last or days.first
    if last_day == last:
        return days
    if last < today:
        raise NotAllowed(f"Lần vắng mặt này đã hết ngày {last:%d/%m/%Y}.")
    if last_day > last:
        more = "muốn kéo dài, hãy ghi một lần vắng mặt mới"
        raise NotAllowed(f"Lần vắng mặt này hết ngày {last:%d/%m/%Y}; {more}.")
    if days.first < today and last_day < today - _DAY:
        raise NotAllowed(
            f"Lần vắng mặt này đã bắt đầu ngày {days.first:%d/%m/%Y}; "
            f"ngày cuối sớm nhất là {today - _DAY:%d/%m/%Y}."
        )
    return None if last_day < days.first else Days(days.first, last_day)


def _check_days(new: NewAbsence, today: date) -> None:
    first, last = new.first_on, new.last_on
    if not in_reach(first) or not in_reach(last):
        raise NotAllowed(f"Ngày vắng mặt nằm ngoài các năm {YEARS}.")
    if last < first:
        raise NotAllowed(f"Ngày cuối vắng mặt {last:%d/%m/%Y} ở trước ngày đầu {first:%d/%m/%Y}.")
    if last < today:
        raise NotAllowed(f"Ngày cuối vắng mặt {last:%d/%m/%Y} đã qua (hôm nay là ngày {today:%d/%m/%Y}).")
    if (last - first).days >= MOST_DAYS:
        raise NotAllowed(f"Vắng mặt dài hơn {MOST_DAYS} ngày; hãy kết thúc vị trí và giao cho người khác.")


def _check_sits(new: NewAbsence, deputy: Known) -> None:
    """On each of the days: without a seat of her own nobody stands in."""
    if not deputy.sits_on(new.first_on):
        raise NotAllowed(
            f"{deputy.name} không giữ vị trí nào ngày {new.first_on:%d/%m/%Y} nên chưa nhận ủy quyền được."
        )
    if (gap := deputy.stands_not(new.days)) is not None:
        raise NotAllowed(
            f"{deputy.name} chỉ giữ vị trí đến hết ngày {gap - _DAY:%d/%m/%Y}; hãy ghi ngày cuối không sau "
            "ngày đó, hoặc chọn người khác được ủy quyền."
        )


def _check_seat(new: NewAbsence, person: Known) -> None:
    """An admin's seat cannot be lent."""
    if new.seat_id is None:
        return
    seat = next((one for one in person.seats if one.id == new.seat_id), None)
    if seat is None:
        raise NotAllowed(f"{person.name} không có vị trí số {new.seat_id}.")
    if seat.role is SeatRole.ADMIN:
        raise NotAllowed(f"Vị trí «{seat.role.label}» không ủy quyền được.")
    if not seat.days.meets(new.days):
        raise NotAllowed(f"{person.name} không giữ vị trí số {seat.id} trong những ngày vắng mặt.")
