"""The counts of a collective directive."""

from collections.abc import Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.tasks.rollup import TaskGroup, rolled_up
from rules.vocabulary import DeadlineClass, TaskStatus

S, D = TaskStatus, DeadlineClass
TODAY, DUE = date(2022, 10, 3), date(2022, 9, 30)
GROUPS = st.builds(
    TaskGroup,
    st.sampled_from(S),
    st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.dates()),
    st.integers(1, 99),
)


def test_by_status_and_by_class() -> None:
    found = rolled_up(
        [
            TaskGroup(S.ASSIGNED, DUE, None, 3),
            TaskGroup(S.SUBMITTED, DUE, date(2022, 9, 29), 2),
            TaskGroup(S.CONFIRMED, DUE, date(2022, 9, 30), 4),
            TaskGroup(S.CONFIRMED, DUE, date(2022, 10, 1), 1),
            TaskGroup(S.WITHDRAWN, DUE, None, 5),
            TaskGroup(S.HANDED_OVER, DUE, None, 6),
        ],
        TODAY,
    )
    assert found.by_status == {S.ASSIGNED: 3, S.SUBMITTED: 2, S.CONFIRMED: 5}
    assert found.by_class == {D.OVERDUE: 3, D.OPEN_IN_TIME: 2, D.DONE_IN_TIME: 4, D.DONE_LATE: 1}
    assert (found.total, found.done, found.withdrawn) == (10, 5, 5)


@given(st.lists(GROUPS, max_size=12))
def test_both_counts_add_up_to_the_same(groups: Iterable[TaskGroup]) -> None:
    found = rolled_up(groups, TODAY)
    assert sum(found.by_class.values()) == found.total
    gone = sum(group.count for group in groups if group.status is S.HANDED_OVER)
    assert found.total + found.withdrawn + gone == sum(group.count for group in groups)
