"""A hand-over as it is previewed: what would move, and what would not and why.

Source: design of follow-up, "Who is asked": open tasks move to the successor by an explicit, logged
hand-over; closed ones never move. See ``docs/decisions/0008-hand-over.md``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moving:
    """An open task that would move, as it was looked at; another ``version`` later refuses the whole."""

    task_id: int
    version: int
    merges_into: int | None = None  # an open task of the new lead for the same directive and occurrence


@dataclass(frozen=True, slots=True)
class Staying:
    """A task that does not move; ``reason`` is Vietnamese."""

    task_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class HandOverPlan:
    """What a person confirms before anything moves."""

    from_agency_id: str
    to_agency_id: str
    tasks: tuple[Moving, ...]
    refused: tuple[Staying, ...] = ()
