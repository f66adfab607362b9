"""May this one do this to this case beyond authority?

Whoever raises it is of the task; the rung on which it stands answers, and the body of another rung is
told whose turn it is; the lead takes note of the decision.
"""

from dataclasses import dataclass

from rules.people.on_tasks import TaskBodies
from rules.people.seats import Seat, check_body
from rules.refusal import NotAllowed, NotInThisSeat
from rules.tasks.status import actors_of
from rules.vocabulary import Actor, EventKind, Rung


@dataclass(frozen=True, slots=True)
class CaseBodies:
    """Where a case stands, the body of that rung, and those of its task.

    ``answers`` may be left out where no body of a rung was named.
    """

    rung: Rung
    answers: str | None
    task: TaskBodies


#: What happens to a case itself. Of another event it lapses, and the door of its task was asked.
OF_A_CASE = frozenset({EventKind.ESCALATED, EventKind.CLIMBED, EventKind.DECIDED, EventKind.ACKNOWLEDGED})


def check_own_word(actor: Actor, signed_in: bool) -> None:
    """Whether an answer may come without a paper; where people sign in, the rung alone says it itself.

    Raises NotAllowed.
    """
    if signed_in and actor is not Actor.LEADER:
        raise NotAllowed(
            "Văn thư chỉ ghi lại ý kiến theo phiếu trình đã ký: hãy ghi số, ngày, người ký và kèm bản chụp."
        )


def check_recorder(actor: Actor) -> None:
    """Whether this one records what was decided on a signed phiếu trình. Raises NotAllowed."""
    if actor is not Actor.SECRETARIAT:
        raise NotInThisSeat(f"{actor.label} không ghi lại ý kiến theo phiếu trình; hãy ghi ý kiến của mình.")


def check(event: EventKind, seat: Seat, bodies: CaseBodies) -> None:
    """Whether ``seat`` may cause ``event`` of a case. Raises NotAllowed.

    The rung's answer may come without a body: the office records what was written on paper.
    """
    if event not in OF_A_CASE:
        return
    if seat.actor not in actors_of(event):
        raise NotInThisSeat(f"{seat.actor.label} không có quyền «{event.label}».")
    named = bodies.task.named
    if seat.actor is not Actor.LEADER:
        check_body(event.label, seat, bodies.task.of(event, seat.actor), named)
    elif seat.body not in (None, bodies.answers):
        whose = f" ({named(bodies.answers)})" if bodies.answers else ""
        raise NotInThisSeat(
            f"Việc này đang chờ ý kiến của {bodies.rung.label}{whose}; "
            f"{named(seat.body or '')} không trả lời được. Hãy xem lại việc trình."
        )
