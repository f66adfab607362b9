"""How a task is opened is decided for every column, so that none is forgotten in one of the three ways."""

from datetime import date

import pytest

from flows.actions.documents.new_tasks import Way, new_row
from models.tables.tasks import TASK_COLUMNS, Begins, Task
from rules.vocabulary import TaskStatus

WAYS: tuple[Way, ...] = ("issued", "successor", "recurring")
COLUMNS = Task.__table__.columns  # type: ignore[attr-defined]
OLD = Task(
    id=7,
    directive_id=3,
    agency_id="so-tai-chinh",
    title="Báo cáo.",
    status=TaskStatus.IN_PROGRESS,
    assigned_on=date(2022, 8, 1),
    due_set_on=date(2022, 8, 1),
)


def columns(way: Way, begins: Begins) -> set[str]:
    return {name for name, column in TASK_COLUMNS.items() if getattr(column, way) is begins}


def given(way: Way) -> dict[str, object]:
    return {name: f"the new {name}" for name in columns(way, Begins.GIVEN)}


def test_every_column_of_a_task_has_its_row() -> None:
    assert list(TASK_COLUMNS) == [column.name for column in COLUMNS]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_fresh_has_a_value_of_its_own(way: Way) -> None:
    nobody_says = [COLUMNS[name] for name in columns(way, Begins.FRESH) - {"id"}]
    assert [column.name for column in nobody_says if not column.nullable and column.default is None] == []


def test_a_directive_has_no_older_task() -> None:
    assert columns("issued", Begins.KEPT) == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_new_task_takes_what_is_kept_from_the_old_one(way: Way) -> None:
    row = new_row(way, given(way), OLD)
    kept = {name: getattr(OLD, name) for name in columns(way, Begins.KEPT)}
    assert row == given(way) | kept


@pytest.mark.parametrize("way", WAYS)
def test_a_column_that_nobody_gives_is_a_fault(way: Way) -> None:
    with pytest.raises(ValueError, match="status"):
        new_row(way, {name: value for name, value in given(way).items() if name != "status"}, OLD)


@pytest.mark.parametrize("way", WAYS)
def test_a_column_that_is_not_to_be_given_is_a_fault(way: Way) -> None:
    with pytest.raises(ValueError, match="urged"):
        new_row(way, given(way) | {"urged": 3}, OLD)
