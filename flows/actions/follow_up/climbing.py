"""The policy's steps of climbing with the bodies of this committee: who is told of which late task."""

from collections.abc import Sequence

from config.committee import Policy
from flows.actions.escalation.letters import rung_body
from models.follow_up.sweep.crossings import ClimbStep, ClimbTold, CountClimb
from models.tables.agencies import Committee
from rules.escalation.ladder import next_rung
from rules.follow_up.reminders import Threshold
from rules.vocabulary import Rung


def time_steps(thresholds: Sequence[Threshold], committee: Committee) -> list[ClimbStep]:
    """A step for each threshold of being late."""
    return [_step(line.step, line.rung, committee) for line in thresholds]


def count_steps(policy: Policy, committee: Committee) -> list[CountClimb]:
    """The steps of ``climbing.by_count``, the lowest number of urgings first."""
    steps = enumerate(policy.climbing.by_count, start=1)
    return [CountClimb(_step(number, step.to, committee), step.urgings) for number, step in steps]


def _step(number: int, rung: Rung, committee: Committee) -> ClimbStep:
    """Nobody is told of their own delay: a lead agency that stands on the rung is reported one higher."""
    above = next_rung(rung)
    higher = rung if above is None or above is Rung.OUTSIDE else above
    return ClimbStep(
        number, ClimbTold(rung, rung_body(rung, committee)), ClimbTold(higher, rung_body(higher, committee))
    )
