"""May this one do this to this part of a task? A cooperating body keeps its own part and no other's.

The committee's side asks and releases, and its office records what came on paper.
"""

from rules.people.on_tasks import TaskBodies
from rules.people.seats import Seat, check_body
from rules.tasks.cooperation import check_actor
from rules.vocabulary import Actor, CooperationState, EventKind


def check(after: CooperationState, seat: Seat, part: str, bodies: TaskBodies) -> None:
    """Whether ``seat`` may bring the part of ``part`` into the state ``after``. Raises NotAllowed."""
    check_actor(after, seat.actor)
    fitting = bodies.of(EventKind.COOPERATION, seat.actor)
    if seat.actor in (Actor.COOPERATING, Actor.MEMBER):
        fitting = frozenset({part})
    check_body(f"{EventKind.COOPERATION.label}: {after.label}", seat, fitting, bodies.named)
