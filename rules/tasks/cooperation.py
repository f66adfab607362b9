"""The states of a cooperating body's part, and who may be asked.

Source: design of follow-up, "Who is asked": lead, cooperating, for information; issue 4: cooperating
bodies have their own state. The lead answers for the result whatever they do.
"""

from datetime import date

from rules.refusal import NotAllowed, NotInThisSeat
from rules.vocabulary import Actor, CooperationState, EventKind

C = CooperationState

#: state -> what it may come from. Contributing is accepting, and may be done more than once.
_BEFORE: dict[CooperationState, frozenset[CooperationState]] = {
    C.ASKED: frozenset({C.RELEASED}),
    C.ACCEPTED: frozenset({C.ASKED}),
    C.CONTRIBUTED: frozenset({C.ASKED, C.ACCEPTED, C.CONTRIBUTED}),
    C.RELEASED: frozenset({C.ASKED, C.ACCEPTED, C.CONTRIBUTED}),
}


#: A part in one of these is still to come; once it was handed in, or released, nobody waits for it.
OWING = frozenset({C.ASKED, C.ACCEPTED})

#: Who brings a part into a state: the body itself, or those who gave the task.
_ABOVE = frozenset({Actor.SECRETARIAT, Actor.ASSIGNER, Actor.LEADER})
_ITSELF = frozenset({Actor.COOPERATING, Actor.MEMBER, Actor.SECRETARIAT})
_ACTORS = {C.ASKED: _ABOVE, C.ACCEPTED: _ITSELF, C.CONTRIBUTED: _ITSELF, C.RELEASED: _ABOVE}


def check_actor(after: CooperationState, actor: Actor) -> None:
    """Raises NotAllowed for who may not bring a part into the state ``after``."""
    if actor not in _ACTORS[after]:
        raise NotInThisSeat(f"{actor.label} không có quyền «{EventKind.COOPERATION.label}: {after.label}».")


def next_state(before: CooperationState, after: CooperationState) -> CooperationState:
    """``after``, if a part may go there. Raises NotAllowed."""
    if before not in _BEFORE[after]:
        raise NotAllowed(f"Việc phối hợp đang là «{before.label}», không thể chuyển thành «{after.label}».")
    return after


def check_part(
    name: str,
    is_lead: bool,
    state: CooperationState | None,
    due_on: date | None,
    task_due_on: date | None,
) -> None:
    """Whether the body called ``name`` may be asked; ``state`` is that of its part so far.

    Its day is not later than the task's own. Raises NotAllowed.
    """
    if is_lead:
        raise NotAllowed(f"{name} chủ trì nhiệm vụ này nên không thể đồng thời là cơ quan phối hợp.")
    if state is not None and state is not C.RELEASED:
        raise NotAllowed(f"{name} đã được đề nghị phối hợp («{state.label}»).")
    if due_on is not None and task_due_on is not None and due_on > task_due_on:
        raise NotAllowed(f"Thời hạn phối hợp không được sau thời hạn của nhiệm vụ ({task_due_on:%d/%m/%Y}).")
