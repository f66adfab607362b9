"""What moves to another body, what stays and why, and when a preview is stale."""

import pytest

from rules.tasks.hand_overs import HandOverPlan, Moving, StandsNow, carried_over, changed_since, why_it_stays
from rules.vocabulary import CLOSED, TaskStatus

S = TaskStatus
PLAN = HandOverPlan("a", "b", (Moving(1, 4), Moving(2, 0)))


@pytest.mark.parametrize("status", TaskStatus)
def test_only_open_tasks_move(status: TaskStatus) -> None:
    assert (why_it_stays(status, None) is None) is (status not in CLOSED)
    assert why_it_stays(status, S.ASSIGNED) == why_it_stays(status, None)


@pytest.mark.parametrize("ended", sorted(CLOSED))
def test_what_the_new_lead_has_ended_is_not_opened_again(ended: TaskStatus) -> None:
    assert "cơ quan nhận đã có nhiệm vụ cùng chỉ đạo" in (why_it_stays(S.ASSIGNED, ended) or "")


@pytest.mark.parametrize(
    ("present", "changed"),
    [
        ({1: StandsNow(4, S.ACCEPTED), 2: StandsNow(0, S.ASSIGNED)}, ()),
        ({1: StandsNow(5, S.ACCEPTED), 2: StandsNow(0, S.ASSIGNED)}, (1,)),
        ({1: StandsNow(4, S.WITHDRAWN), 2: StandsNow(0, S.ASSIGNED)}, (1,)),
        ({1: StandsNow(4, S.ACCEPTED, 7), 2: StandsNow(0, S.ASSIGNED)}, (1,)),
        ({2: StandsNow(0, S.ASSIGNED)}, (1,)),
        ({}, (1, 2)),
    ],
)
def test_a_stale_preview_is_noticed(present: dict[int, StandsNow], changed: tuple[int, ...]) -> None:
    assert changed_since(PLAN, present) == changed


def test_what_waits_for_others_goes_on_waiting() -> None:
    kept = {status for status in set(S) - CLOSED if carried_over(status) is status}
    assert kept == {S.ASSIGNED, S.SUBMITTED, S.PAUSED}
    assert carried_over(S.REFUSED) is S.ASSIGNED
    assert carried_over(S.SUBMITTED, corrects=True) is S.ASSIGNED  # a result of a body that owed none
    assert carried_over(S.PAUSED, corrects=True) is S.PAUSED
