"""When the sweeps run, in office time on every calendar day: the rules know the holidays.

``prefect.yaml`` says the same for a work pool;
``tests/flows/sweeps/test_prefect_yaml.py`` holds the two together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from prefect import Flow
from prefect.client.schemas.objects import State
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from config.clock import OFFICE_ZONE
from flows import daily_follow_up, deliver_outbox, issue_directives, send_digests
from flows.sweeping import Swept


@dataclass(frozen=True, slots=True)
class Sweep:
    """One deployment: a flow, and its cron lines by slug in the clock time of the office."""

    flow: Flow[..., State[Swept]]
    crons: dict[str, str]

    @property
    def name(self) -> str:
        """The slug of flow and deployment: deliver-outbox."""
        return self.flow.name

    def schedules(self) -> list[Schedule]:
        """The cron lines as Prefect takes them."""
        return [Cron(line, timezone=OFFICE_ZONE.key, slug=slug) for slug, line in self.crons.items()]


# In the order in which a morning needs them. The passes after the first find nothing more to do,
# unless the machine was off or the database away: an office that is switched on at 07:30 gets its
# follow-up and its digest at nine. No two start in the same minute: each run is a process of its own.
SWEEPS = (
    Sweep(issue_directives.issue_directives, {"office-hours": "3-59/15 6-18 * * *"}),
    Sweep(daily_follow_up.daily_follow_up, {"morning": "45 6 * * *", "catch-up": "10 7,9 * * *"}),
    Sweep(send_digests.send_digests, {"morning": "15 7 * * *", "catch-up": "15 9 * * *"}),
    Sweep(deliver_outbox.deliver_outbox, {"always": "1-59/5 * * * *"}),
)

# How many runs one runner has at work; whatever else is due or late waits its turn. It is counted in the
# runner's own memory. A concurrency_limit of a deployment would be a lease at the server: a run that cannot
# renew it is killed in mid-queue, and one that was killed holds it. What keeps two sweeps apart is the lock
# in our own database (docs/decisions/0002).
AT_ONCE = len(SWEEPS)


def deployments(every_seconds: int | None = None) -> list[RunnerDeployment]:
    """The four deployments to serve; ``every_seconds`` overrides all schedules (for tests)."""
    return [
        RunnerDeployment.from_flow(
            sweep.flow,
            name=sweep.name,
            description=sweep.flow.description,
            schedules=sweep.schedules() if every_seconds is None else [_short(every_seconds, place)],
            entrypoint_type=EntrypointType.MODULE_PATH,
            enforce_parameter_schema=True,
        )
        for place, sweep in enumerate(SWEEPS)
    ]


def _short(every_seconds: int, place: int) -> Schedule:
    """One after another within the interval."""
    first = datetime(2022, 1, 1, tzinfo=OFFICE_ZONE) + timedelta(seconds=every_seconds * place / len(SWEEPS))
    return Interval(every_seconds, anchor_date=first, timezone=OFFICE_ZONE.key, slug="short")
