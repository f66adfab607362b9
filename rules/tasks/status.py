"""The one transition table of a task, and the one door to it.

Source: design of follow-up, "Two axes" and "Extension, refusal, return": status moves only by an
actor; side doors are refusal, return, pause, withdrawal and hand-over. What else happens to a task
is recorded without a change of status, and has its actors too. The table knows statuses only: that
an extension is asked before the deadline, or a refusal comes within its days, is for other rules.
The defaults are to be confirmed by the office.
"""

from collections.abc import Set
from dataclasses import dataclass

from rules.refusal import NotAllowed, NotInThisSeat
from rules.vocabulary import AWAITED, CLOSED, Actor, EventKind, TaskStatus

S, A, E = TaskStatus, Actor, EventKind


@dataclass(frozen=True, slots=True)
class Move:
    """What an event does to a status, and who may cause it."""

    event: EventKind
    sources: frozenset[TaskStatus]
    target: TaskStatus | None  # None: back to where the task was before the pause
    actors: frozenset[Actor]


@dataclass(frozen=True, slots=True)
class Record:
    """An event that leaves the status as it is: in which statuses it may happen, by whom."""

    event: EventKind
    sources: frozenset[TaskStatus]
    actors: frozenset[Actor]


def _move(event: EventKind, sources: Set[TaskStatus], target: TaskStatus | None, *actors: Actor) -> Move:
    return Move(event, frozenset(sources), target, frozenset(actors))


def _record(event: EventKind, sources: Set[TaskStatus], *actors: Actor) -> Record:
    return Record(event, frozenset(sources), frozenset(actors))


OPEN = frozenset(TaskStatus) - CLOSED
_ABOVE = (A.SECRETARIAT, A.ASSIGNER, A.LEADER)

MOVES: dict[EventKind, Move] = {
    move.event: move
    for move in (
        _move(E.RECEIVED, {S.ASSIGNED}, S.ACCEPTED, A.LEAD, A.SECRETARIAT),
        _move(E.PROGRESS, AWAITED, S.IN_PROGRESS, A.LEAD, A.SECRETARIAT),
        _move(E.SUBMITTED, AWAITED, S.SUBMITTED, A.LEAD, A.SECRETARIAT),
        _move(E.CONFIRMED, {S.SUBMITTED}, S.CONFIRMED, *_ABOVE),
        # Exactly what the confirmation did is undone: the result waits again, with the day on which it came.
        _move(E.REOPENED, {S.CONFIRMED}, S.SUBMITTED, *_ABOVE),
        _move(E.RETURNED, {S.SUBMITTED}, S.RETURNED, *_ABOVE),
        # Whoever has accepted may still find out, within the days of the policy, that it is not theirs.
        _move(E.REFUSED, {S.ASSIGNED, S.ACCEPTED}, S.REFUSED, A.LEAD),
        _move(E.REASSIGNED, {S.REFUSED}, S.ASSIGNED, A.SECRETARIAT, A.ASSIGNER),
        _move(E.WITHDRAWN, OPEN, S.WITHDRAWN, *_ABOVE),
        _move(E.ESCALATED, AWAITED, S.PAUSED, A.LEAD, A.MEMBER, A.SECRETARIAT),
        _move(E.DECIDED, {S.PAUSED}, None, A.LEADER, A.SECRETARIAT),
        _move(E.PAUSED, AWAITED, S.PAUSED, *_ABOVE),
        _move(E.RESUMED, {S.PAUSED}, None, *_ABOVE),
        _move(E.HANDED_OVER, OPEN, S.HANDED_OVER, A.SECRETARIAT, A.ASSIGNER),
    )
}

#: Events that are recorded without a change of status.
RECORDS: dict[EventKind, Record] = {
    record.event: record
    for record in (
        _record(E.ASSIGNED, frozenset()),  # a task's first event: there is nothing before it
        # Also a first event; later only where a second task is merged into an open one.
        _record(E.TAKEN_OVER, OPEN, A.SECRETARIAT, A.ASSIGNER),
        _record(E.URGED, AWAITED, A.CLOCK, A.SECRETARIAT),
        _record(E.REVIEWED, AWAITED, A.CLOCK),
        _record(E.CROSSED, AWAITED, A.CLOCK),
        _record(E.CLIMBED, OPEN, A.CLOCK, A.LEADER, A.SECRETARIAT),
        _record(E.ACKNOWLEDGED, set(TaskStatus), A.LEAD, A.SECRETARIAT),
        _record(E.EXTENSION_ASKED, AWAITED, A.LEAD, A.SECRETARIAT),
        # The assigner decides, himself or through those who act for him, never the requester; the
        # lead agrees only to a counter-proposal.
        _record(E.EXTENSION_COUNTERED, OPEN, *_ABOVE),
        _record(E.EXTENSION_AGREED, OPEN, *_ABOVE, A.LEAD),
        _record(E.EXTENSION_REFUSED, OPEN, *_ABOVE),
        _record(E.EXTENSION_WITHDRAWN, OPEN, A.LEAD, A.SECRETARIAT),
        _record(E.DEADLINE_SET, OPEN, *_ABOVE, A.CLOCK),
        # The paper said it otherwise than it was read: whoever gave the task puts it right.
        _record(E.CORRECTED, OPEN, A.SECRETARIAT, A.ASSIGNER),
        _record(E.COOPERATION, OPEN, A.COOPERATING, A.MEMBER, *_ABOVE),
        _record(E.CONTRIBUTED, OPEN, A.COOPERATING, A.MEMBER, A.SECRETARIAT),
        _record(E.PAPER_ISSUED, OPEN, A.SECRETARIAT),
        # Within a body, which still answers for it: the lead's own, or a cooperating body's part.
        _record(E.OFFICER_NAMED, OPEN, A.LEAD, A.COOPERATING),
    )
}


def move(event: EventKind, status: TaskStatus, actor: Actor, paused_from: TaskStatus | None) -> TaskStatus:
    """The status after ``event``, the same one for a record. Raises NotAllowed when the table forbids it."""
    rule = MOVES.get(event) or RECORDS[event]
    if status not in rule.sources:
        raise NotAllowed(f"Nhiệm vụ đang ở trạng thái «{status.label}», không thể «{event.label}».")
    if actor not in rule.actors:
        raise NotInThisSeat(f"{actor.label} không có quyền «{event.label}».")
    if isinstance(rule, Record):
        return status
    if rule.target is not None:
        return rule.target
    # A task that was escalated before anyone accepted it has been accepted by that very act.
    return S.IN_PROGRESS if paused_from in (None, S.ASSIGNED) else paused_from


def actors_of(event: EventKind) -> frozenset[Actor]:
    """The roles that may cause ``event``, whatever the status."""
    return (MOVES.get(event) or RECORDS[event]).actors


def possible(status: TaskStatus, actor: Actor) -> tuple[EventKind, ...]:
    """The moves that ``actor`` may cause now, in the table's order: the buttons of a page."""
    return tuple(event for event, rule in MOVES.items() if status in rule.sources and actor in rule.actors)
