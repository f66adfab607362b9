"""What a body's viewer finds on a list, and above it, against the one condition of ``access/seen.py``.

Seen to fail when two parts of ``tasks_seen_apart`` share a task, when one forgets its state or role, when a
part is cut before it is ordered, and when a sum of the head forgets its cut.
"""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.db import reading, unit_of_work
from models.people.access.seen import tasks_seen, tasks_seen_among
from models.tables.agencies import Agency
from models.tables.documents import DirectiveParty
from models.tables.tasks import Task, TaskCooperation
from models.tasks import listing
from models.tasks.list_conditions import OPEN, Cut, TaskFilter, matching
from models.tasks.listing import list_head, task_page
from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat, Viewer
from rules.vocabulary import CooperationState, PartyRole, TaskStatus
from tests.cast import DATED, FINANCE, OPEN_ENDED, PLANNING, TRADE, issue, move_in

TODAY = date(2022, 9, 5)
SOME = 160
FILTERS = [
    TaskFilter(agency, statuses, cut)
    for agency in (None, FINANCE)
    for statuses in ((), OPEN, (TaskStatus.SUBMITTED,))
    for cut in (None, Cut.OVERDUE, Cut.NO_DEADLINE, Cut.DONE_LATE)
]


def sitting_at(*bodies: str) -> Viewer:
    """Who sits at these bodies."""
    return Viewer(1, tuple(HeldSeat(n, SeatRole.CLERK, body) for n, body in enumerate(bodies, 1)))


#: One body, two that share tasks (a deputy), one that nothing names, and who sits nowhere.
VIEWERS = [sitting_at(FINANCE), sitting_at(PLANNING, TRADE), sitting_at("sgddt"), sitting_at()]


@pytest.fixture
def shared(engine: Engine) -> Engine:
    """Tasks of two directives, led, shared and reported about in every way, some in more than one."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    draw = random.Random(13)
    with unit_of_work(engine) as session:
        session.add(DirectiveParty(directive_id=2, role=PartyRole.REPORT_TO, position=0, agency_id=PLANNING))
        session.add(DirectiveParty(directive_id=2, role=PartyRole.REPORT_TO, position=1, agency_id=TRADE))
        session.add(DirectiveParty(directive_id=1, role=PartyRole.COOPERATE, position=9, agency_id=TRADE))
        tasks = [a_task(draw, number) for number in range(1, SOME)]
        session.add_all(tasks)
        session.flush()
        for task in tasks:
            assert task.id is not None
            for body in draw.sample([FINANCE, PLANNING, TRADE], draw.randrange(3)):
                state = draw.choice(list(CooperationState))
                session.add(TaskCooperation(task_id=task.id, agency_id=body, state=state))
    return engine


def a_task(draw: random.Random, number: int) -> Task:
    """Around today, many on one day, some without a deadline."""
    due_on = draw.choice([None, TODAY, TODAY + timedelta(draw.randrange(-20, 20))])
    return Task(
        directive_id=draw.choice([1, 1, 2]), agency_id=draw.choice([FINANCE, TRADE, PLANNING]),
        occurrence=number, title=f"việc {number}", status=draw.choice(list(TaskStatus)), due_on=due_on,
        assigned_on=TODAY - timedelta(40), due_set_on=TODAY - timedelta(40),
        submitted_on=draw.choice([None, TODAY - timedelta(draw.randrange(20))]),
    )  # fmt: skip


def plainly(session: Session, wanted: TaskFilter, viewer: Viewer) -> list[int]:
    """Ids by the one condition, sorted by Python."""
    query = sa.select(Task.id, Task.due_on).where(Task.id.in_(matching(session, wanted, TODAY, viewer)))
    rows = session.execute(query)
    return [key for _, _, key in sorted((due is None, due or TODAY, key) for key, due in rows)]


def test_every_list_of_a_viewer_is_what_the_condition_gives(
    shared: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = 0
    with reading(shared) as session:
        for viewer in VIEWERS:
            for wanted in FILTERS:
                expected = plainly(session, wanted, viewer)
                for offset in (0, 7):
                    page = task_page(session, wanted, TODAY, 7, offset, viewer)
                    assert [task.id for task in page.rows] == expected[offset : offset + 7], wanted
                    assert (page.total, page.more) == (len(expected), len(expected) > offset + 7), wanted
                seen += len(expected)
        assert seen > 3 * SOME  # the lists were not empty
        monkeypatch.setattr(listing, "MOST", 10)
        assert task_page(session, TaskFilter(), TODAY, 5, viewer=VIEWERS[0]).total == 11


def test_the_head_of_a_list_counts_what_the_viewer_sees(
    shared: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(shared) as session:
        for viewer in VIEWERS:
            head = list_head(session, TODAY, viewer)
            for figure, wanted in (
                (head.counts.overdue, TaskFilter(cut=Cut.OVERDUE)),
                (head.counts.due_soon, TaskFilter(cut=Cut.DUE_SOON)),
                (head.counts.submitted, TaskFilter(statuses=(TaskStatus.SUBMITTED,))),
            ):
                assert figure == len(plainly(session, wanted, viewer)), (viewer, wanted)
            condition = tasks_seen(viewer)
            assert condition is not None
            found = session.execute(sa.select(Task.agency_id, Task.status).where(condition)).all()
            leads = {agency for agency, _ in found}
            busy = Counter(agency for agency, status in found if status in OPEN)
            assert {one.agency_id: one.busy for one in head.agencies} == {one: busy[one] > 0 for one in leads}
            names = [session.get_one(Agency, one.agency_id).name for one in head.agencies]
            assert [one.name for one in head.agencies] == names
        monkeypatch.setattr(listing, "MOST", 3)
        assert list_head(session, TODAY, VIEWERS[0]).counts.overdue == 4


def test_one_task_is_seen_where_the_list_has_it(shared: Engine) -> None:
    with reading(shared) as session:
        every = list(session.scalars(sa.select(Task.id)))
        for viewer in VIEWERS:
            listed = set(plainly(session, TaskFilter(), viewer))
            assert tasks_seen_among(session, viewer, every) == listed
            assert listed < set(every)
