"""May this person sit there on these days, beside the seats that are held already?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rules.people.bodies import Body
from rules.people.held.days import Days, first_gap
from rules.people.seat_roles import SeatRole, why_not_there
from rules.people.seats import CommitteeBodies
from rules.refusal import NotAllowed
from rules.text.typed import YEARS, in_reach

#: Roles that one person alone holds at a time.
ONE_HOLDER = frozenset({SeatRole.CHAIR})


class WrongSeat(NotAllowed):
    """A seat that cannot be; ``column`` is the field of NewSeat that is wrong."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat to be taken: the role, the id of its body (None: the installation), its days."""

    role: SeatRole
    body: str | None
    valid_from: date
    valid_to: date | None = None

    @property
    def days(self) -> Days:
        """Its days."""
        return Days(self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class TakenSeat:
    """A seat that somebody holds, held or will hold; ``name`` is the person's."""

    id: int
    person: int
    name: str
    role: SeatRole
    body: str | None
    days: Days


def check_days(new: NewSeat) -> None:
    """Whether its days are days. Raises WrongSeat."""
    for column, day in (("valid_from", new.valid_from), ("valid_to", new.valid_to)):
        if day is not None and not in_reach(day):
            raise WrongSeat(column, f"Ngày {day:%d/%m/%Y} của vị trí nằm ngoài các năm {YEARS}.")
    if new.days.none:
        raise WrongSeat(
            "valid_to",
            f"Ngày cuối {new.valid_to:%d/%m/%Y} của vị trí ở trước ngày đầu {new.valid_from:%d/%m/%Y}.",
        )


def placed(new: NewSeat, body: Body | None, committee: CommitteeBodies | None) -> NewSeat:
    """The seat as it is taken there: one without a last day ends with its body, as far as that is known.

    ``committee`` may be left out where there is no body. Raises WrongSeat where the role is not held
    there, or the body does not exist on all its days.
    """
    if why := why_not_there(new.role, new.body, body.kind if body else "", committee or _NONE):
        raise WrongSeat("role", why)
    if body is None:
        return new
    if body.valid_from is not None and new.valid_from < body.valid_from:
        begins = f"{body.name} đến ngày {body.valid_from:%d/%m/%Y} mới hoạt động"
        raise WrongSeat("valid_from", f"{begins}; hãy ghi ngày đầu của vị trí từ ngày đó trở đi.")
    if body.valid_to is None:
        return new
    ends = f"{body.name} kết thúc hoạt động ngày {body.valid_to:%d/%m/%Y}"
    if new.valid_from > body.valid_to:
        raise WrongSeat("valid_from", f"{ends}; hãy ghi cơ quan tiếp nhận.")
    if new.valid_to is not None and new.valid_to > body.valid_to:
        raise WrongSeat("valid_to", f"{ends}; hãy ghi ngày cuối của vị trí không sau ngày đó.")
    return replace(new, valid_to=new.valid_to or body.valid_to)


def why_outside(name: str, first: date | None, last: date | None, days: Days) -> str:
    """What is wrong with a seat on ``days`` at a body that now exists from ``first`` to ``last``.

    In Vietnamese; "" for one that lies within its body: the register may change after a seat was taken.
    """
    if days.none:
        return ""
    if last is not None and (days.last is None or days.last > last):
        return f"{name} kết thúc hoạt động ngày {last:%d/%m/%Y}, vị trí vẫn ghi {days}"
    if first is not None and days.first < first:
        return f"{name} đến ngày {first:%d/%m/%Y} mới hoạt động, vị trí lại ghi {days}"
    return ""


def check_beside(new: NewSeat, person: int, taken: Iterable[TakenSeat]) -> None:
    """Whether it can stand beside those of the same role at the same body. Raises WrongSeat."""
    for seat in taken:
        if (seat.role, seat.body) != (new.role, new.body) or not seat.days.meets(new.days):
            continue
        if seat.person == person:
            raise WrongSeat(
                "valid_from", f"{seat.name} đã giữ vị trí này {seat.days}; hai lần giữ không được chồng nhau."
            )
        if new.role in ONE_HOLDER:
            held = f"Vị trí «{new.role.label}» đã có {seat.name} giữ {seat.days}"
            raise WrongSeat("valid_from", f"{held}; hãy kết thúc vị trí đó trước.")


def check_admins(before: Iterable[Days], after: Iterable[Days], today: date) -> None:
    """Whether somebody keeps the office's people on every day to come, once somebody has. Raises NotAllowed.

    ``before`` and ``after`` a change are the days of the admins' seats, of active persons only.
    """
    held, kept = [days for days in before if not days.none], [days for days in after if not days.none]
    if not held and not kept:
        return
    gap = first_gap(kept, max(today, min(days.first for days in (*held, *kept))))
    if gap is not None:
        raise NotAllowed(
            f"Từ ngày {gap:%d/%m/%Y} sẽ không còn ai là quản trị hệ thống; "
            "hãy giao vị trí này cho người khác (không ghi ngày cuối) trước."
        )


_NONE = CommitteeBodies("", "", "", "", "")
