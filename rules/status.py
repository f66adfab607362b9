"""The one transition table of a task, and the one door to it.

Source: design of follow-up, "Two axes": status moves only by an actor; side doors are refusal,
return, pause, withdrawal and hand-over. The defaults are to be confirmed by the office.
"""

from dataclasses import dataclass

from rules.refusal import Refusal
from rules.vocabulary import Actor, EventKind, TaskStatus

S, A = TaskStatus, Actor


class NotAllowed(Refusal):
    """A move that the table does not know; the message is Vietnamese, for the one who tried."""


@dataclass(frozen=True, slots=True)
class Move:
    """What an event does to a status, and who may cause it."""

    event: EventKind
    sources: frozenset[TaskStatus]
    target: TaskStatus | None  # None: back to where the task was before the pause
    actors: frozenset[Actor]


def _move(event: EventKind, sources: set[TaskStatus], target: TaskStatus | None, *actors: Actor) -> Move:
    return Move(event, frozenset(sources), target, frozenset(actors))


_OPEN = {S.ACCEPTED, S.IN_PROGRESS, S.RETURNED}

MOVES: dict[EventKind, Move] = {
    move.event: move
    for move in (
        _move(EventKind.RECEIVED, {S.ASSIGNED}, S.ACCEPTED, A.LEAD, A.SECRETARIAT),
        _move(EventKind.PROGRESS, {S.ASSIGNED, *_OPEN}, S.IN_PROGRESS, A.LEAD, A.SECRETARIAT),
        _move(EventKind.SUBMITTED, {S.ASSIGNED, *_OPEN}, S.SUBMITTED, A.LEAD, A.SECRETARIAT),
        _move(EventKind.CONFIRMED, {S.SUBMITTED}, S.CONFIRMED, A.SECRETARIAT, A.LEADER),
        _move(EventKind.RETURNED, {S.SUBMITTED}, S.RETURNED, A.SECRETARIAT, A.LEADER),
        _move(EventKind.REFUSED, {S.ASSIGNED}, S.REFUSED, A.LEAD),
        _move(EventKind.REASSIGNED, {S.REFUSED}, S.ASSIGNED, A.SECRETARIAT),
        _move(
            EventKind.WITHDRAWN,
            {S.ASSIGNED, *_OPEN, S.SUBMITTED, S.REFUSED, S.PAUSED},
            S.WITHDRAWN,
            A.SECRETARIAT,
            A.LEADER,
        ),
        _move(EventKind.ESCALATED, {S.ASSIGNED, *_OPEN}, S.PAUSED, A.LEAD, A.SECRETARIAT),
        _move(EventKind.DECIDED, {S.PAUSED}, None, A.LEADER, A.SECRETARIAT),
    )
}

#: Events that are recorded without a change of status.
RECORDED = frozenset({EventKind.ASSIGNED, EventKind.URGED, EventKind.CLIMBED, EventKind.ACKNOWLEDGED})


def move(event: EventKind, status: TaskStatus, actor: Actor, paused_from: TaskStatus | None) -> TaskStatus:
    """The status after ``event``. Raises NotAllowed when the table forbids it."""
    rule = MOVES.get(event)
    if rule is None or status not in rule.sources:
        raise NotAllowed(f"Nhiệm vụ đang ở trạng thái «{status.label}», không thể «{event.label}».")
    if actor not in rule.actors:
        raise NotAllowed(f"{actor.label} không có quyền «{event.label}».")
    if rule.target is not None:
        return rule.target
    # A task that was escalated before anyone accepted it has been accepted by that very act.
    return S.IN_PROGRESS if paused_from in (None, S.ASSIGNED) else paused_from


def possible(status: TaskStatus, actor: Actor) -> tuple[EventKind, ...]:
    """The events that ``actor`` may cause now, in the table's order: the buttons of a page."""
    return tuple(event for event, rule in MOVES.items() if status in rule.sources and actor in rule.actors)
