"""A hand-over as it is previewed: what would move, and what would not and why.

Source: design of follow-up, "Who is asked": open tasks move to the successor by an explicit, logged
hand-over; closed ones never move. See ``docs/decisions/0008-hand-over.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.vocabulary import CLOSED, TaskStatus


@dataclass(frozen=True, slots=True)
class Moving:
    """An open task that would move, as it was looked at; another ``version`` later refuses the whole."""

    task_id: int
    version: int
    merges_into: int | None = None  # an open task of the new lead for the same directive and occurrence
    corrects: bool = False  # it had never been the old lead's: what that one handed in is not taken over


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


@dataclass(frozen=True, slots=True)
class StandsNow:
    """A task as it stands when the plan is carried out."""

    version: int
    status: TaskStatus
    merges_into: int | None = None  # as in ``Moving``


def changed_since(plan: HandOverPlan, present: Mapping[int, StandsNow]) -> tuple[int, ...]:
    """Ids of the plan's tasks that somebody has moved since the preview, or that are gone.

    Also those that would merge into another task than was previewed: a form can be written by anybody.
    """
    return tuple(
        moving.task_id
        for moving in plan.tasks
        if (now := present.get(moving.task_id)) is None
        or now.version != moving.version
        or now.status in CLOSED
        or now.merges_into != moving.merges_into
    )


def why_it_stays(status: TaskStatus, successor: TaskStatus | None) -> str | None:
    """Why a task cannot move, in Vietnamese, or None.

    ``successor`` is the status of the new lead's own task for the same directive and occurrence.
    """
    if status in CLOSED:
        return f"nhiệm vụ đã ở trạng thái «{status.label}», không chuyển giao"
    if successor is not None and successor in CLOSED:
        return (
            f"cơ quan nhận đã có nhiệm vụ cùng chỉ đạo ở trạng thái «{successor.label}»; "
            "hãy xác nhận hoặc hủy nhiệm vụ này"
        )
    return None


def carried_over(status: TaskStatus, corrects: bool = False) -> TaskStatus:
    """In which status the new lead gets the task.

    What waits for others goes on waiting (a result for its confirmation, a pause for its decision);
    whatever the old lead had begun or refused is new to the new lead. Where the lead is put right, the
    result of a body that never had to give one waits no more.
    """
    waits = (TaskStatus.PAUSED,) if corrects else (TaskStatus.SUBMITTED, TaskStatus.PAUSED)
    return status if status in waits else TaskStatus.ASSIGNED
