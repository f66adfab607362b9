"""Whose seats ask for a second factor, and what marks a set of seats."""

from collections.abc import Collection
from dataclasses import dataclass

from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat


@dataclass(frozen=True, slots=True)
class Demand:
    """Roles that need it always, and those that need it on a device which is not trusted."""

    always: frozenset[SeatRole]
    new_device: frozenset[SeatRole]

    def asks(self, seats: Collection[HeldSeat], trusted: bool) -> bool:
        """Whether one of these seats, own or of an absent person, asks for it."""
        wanted = self.always if trusted else self.always | self.new_device
        return any(seat.role in wanted for seat in seats)


def seats_mark(seats: Collection[HeldSeat]) -> str:
    """Equal for the same seats: another mark is another set of rights, and asks for a new token."""
    return ",".join(sorted(f"{seat.id}:{seat.role.value}:{seat.instead_of or ''}" for seat in seats))
