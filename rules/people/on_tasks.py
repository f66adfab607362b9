"""May this one do this to this task? The question of every door through which a task moves.

The table of ``rules/tasks/status.py`` says which roles may cause an event in which status; here the role gets
its body. The lead is the one body that leads, a cooperating body one of those that were asked, a member
one of the committee's members; who acts for the committee is of its own bodies. Inside a body an officer may
less than its head (``in_a_body.py``).
"""

from dataclasses import dataclass

from rules.people.in_a_body import OfficersHand, check_hand
from rules.people.seats import CommitteeBodies, Named, Seat, check_body
from rules.tasks.status import move
from rules.vocabulary import Actor, EventKind, TaskStatus


@dataclass(frozen=True, slots=True)
class TaskBodies:
    """The bodies of one task by their ids. Those that the role in question is not of may be left out."""

    lead: str
    cooperating: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()  # of the committee, today
    committee: CommitteeBodies | None = None
    named: Named = str
    hand: OfficersHand | None = None  # of an officer who acts for one of them; None: nothing holds back

    def of(self, event: EventKind, actor: Actor) -> frozenset[str]:
        """The bodies for which ``actor`` may cause ``event``."""
        if actor is Actor.LEAD:
            return frozenset({self.lead})
        if actor is Actor.COOPERATING or (actor is Actor.MEMBER and event in PART_EVENTS):
            return self.cooperating
        if actor is Actor.MEMBER:
            return self.members
        return self.committee.of(actor) if self.committee else frozenset()


#: What happens to the part of a cooperating body: a member does it as one of these bodies.
PART_EVENTS = frozenset({EventKind.COOPERATION, EventKind.CONTRIBUTED})


def check(
    event: EventKind, seat: Seat, status: TaskStatus, paused_from: TaskStatus | None, bodies: TaskBodies
) -> TaskStatus:
    """The status after ``event``. Raises NotAllowed for a status, a role or a body that it is not of."""
    after = move(event, status, seat.actor, paused_from)
    check_body(event.label, seat, bodies.of(event, seat.actor), bodies.named)
    check_hand(event, bodies.hand)
    return after
