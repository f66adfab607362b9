"""What belongs to one task beside its row: extensions, reports, urgings, partners, predecessors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.follow_up.urging_reach import unheard
from models.follow_up.urgings import Urged, urgings_of
from models.tasks.granted_extensions import granted_extensions
from models.tasks.story.deadlines import DeadlineSet, deadlines_of
from models.tasks.story.neighbours import Neighbour, neighbours, taken_over
from models.tasks.story.partners import Partner, partners_of
from models.tasks.story.reports import Reported, reports_of
from models.tasks.story.requests import ExtensionAsked, requests_of
from rules.letter_words import UrgingReach
from rules.people.viewer import ANYBODY, Viewer


@dataclass(frozen=True, slots=True)
class UrgedBefore:
    """The urgings of the tasks that were handed over to this one.

    ``unreached`` of them came to nobody, and of ``unsure`` nobody knows.
    """

    urged: int
    unreached: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class TaskStory:
    """All of it, latest first where there is an order."""

    requests: list[ExtensionAsked]
    waiting: ExtensionAsked | None  # the request that nobody has answered for good
    granted: int  # extensions
    partners: list[Partner]
    reports: list[Reported]
    urgings: list[Urged]
    deadlines: list[DeadlineSet]
    successor: Neighbour | None
    predecessors: list[Neighbour]
    before: UrgedBefore


def matter_of(
    session: Session,
    task_id: int,
    successor_id: int | None,
    reach: Mapping[int, UrgingReach],
    today: date,
    viewer: Viewer = ANYBODY,
) -> TaskStory:
    """What there is about the task on ``today``; ``reach`` has its urgings that came to nobody, by number."""
    after = [successor_id] if successor_id else []
    requests, taken = requests_of(session, task_id), taken_over(session, task_id)
    return TaskStory(
        requests=requests,
        waiting=next((one for one in requests if one.waits), None),
        granted=granted_extensions(session, [task_id]).get(task_id, 0),
        partners=partners_of(session, task_id),
        reports=reports_of(session, task_id),
        urgings=urgings_of(session, task_id, reach, viewer),
        deadlines=deadlines_of(session, task_id),
        successor=next(iter(neighbours(session, after, viewer)), None),
        predecessors=neighbours(session, taken.task_ids, viewer),
        before=_before(session, taken.task_ids, taken.urged, today),
    )


def _before(session: Session, earlier: tuple[int, ...], urged: int, today: date) -> UrgedBefore:
    found = unheard(session, earlier, today).values()
    unreached = sum(len(one.unreached) for one in found)
    return UrgedBefore(urged, unreached, sum(len(one.unsure) for one in found))
