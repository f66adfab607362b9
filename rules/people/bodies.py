"""What the rules see of a body: an agency, a committee, a member or a collective.

A name is not an identity: "Sở Tài chính" of 2024 and of 2026 are two bodies, so every
body has an opaque id, dates between which it exists, and links to what succeeded it.
"""

from dataclasses import dataclass
from datetime import date

#: Kinds with a meaning for the rules; the register may carry others (so, cap-huyen, doan-the...).
COLLECTIVE = "tap-the"
MEMBER = "thanh-vien"
#: The most signs of a body's id in the register; an address or a form that names a body takes as many.
LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Membership:
    """One body's membership of a collective; both dates are inclusive, None is open."""

    body_id: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """``body_id`` took over, in whole or part, on ``on`` by the named legal document."""

    body_id: str
    on: date | None = None
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Heir:
    """A body that takes over from one that ends, with its name; ``on`` is its first day, if it is known."""

    body_id: str
    name: str
    on: date | None = None
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An entry of the register. ``valid_from``/``valid_to`` are inclusive, None is open."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successions: tuple[Succession, ...] = ()
    members: tuple[Membership, ...] = ()
    vague: bool = False
    represents: str | None = None  # a member speaks for this agency
    note: str | None = None

    @property
    def is_collective(self) -> bool:
        return self.kind == COLLECTIVE

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on ``day`` (inclusive bounds)."""
        return covers(self.valid_from, self.valid_to, day)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether ``day`` lies in the closed interval; None is an open end."""
    return (first is None or first <= day) and (last is None or day <= last)


def ended_by(last: date | None, day: date) -> bool:
    """Whether a body with this last day has ended, as far as asking for work goes: from that day on.

    On its last day it still exists (``covers``): news reaches it, but nobody there can do more work.
    """
    return last is not None and last <= day


def can_work(first: date | None, last: date | None, day: date) -> bool:
    """Whether a body of these days can be given work on ``day``: it has begun and not ``ended_by`` then."""
    return covers(first, last, day) and not ended_by(last, day)


def why_no_work(name: str, kind: str, first: date | None, last: date | None, day: date) -> str:
    """Why a body may not be given work on ``day``, as a Vietnamese sentence; "" if it may."""
    if kind == COLLECTIVE:
        return f"«{name}» là một nhóm cơ quan; hãy ghi từng cơ quan cụ thể."
    if can_work(first, last, day):
        return ""
    if last is not None and ended_by(last, day):
        ends = f"{name} kết thúc hoạt động ngày {last:%d/%m/%Y} nên không nhận thêm việc"
        return f"{ends}; hãy ghi cơ quan tiếp nhận."
    return f"{name} đến ngày {first:%d/%m/%Y} mới hoạt động nên chưa nhận việc được; hãy ghi cơ quan khác."
