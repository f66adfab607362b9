"""The rows of a task and of its history are the columns of their tables, no more and no fewer."""

from typing import get_type_hints

import pytest
from sqlmodel import SQLModel

from models.tables.task_rows import DeadlineRow, EventRow, TaskRow
from models.tables.tasks import TASK_COLUMNS, DeadlineChange, Task, TaskChanges, TaskEvent


def test_what_moves_is_what_a_change_may_set() -> None:
    moves = {name for name, column in TASK_COLUMNS.items() if column.moves}
    assert get_type_hints(TaskChanges).keys() == moves | {"title"}


@pytest.mark.parametrize(
    ("row", "table", "unsaid"),
    [
        (TaskRow, Task, {"id", "version"}),
        (EventRow, TaskEvent, {"id", "from_status"}),
        (DeadlineRow, DeadlineChange, {"id", "old_due_on"}),
    ],
)
def test_a_row_has_the_columns_of_its_table(row: type, table: type[SQLModel], unsaid: set[str]) -> None:
    types, columns = get_type_hints(row), table.model_fields
    assert types.keys() == columns.keys() - unsaid
    assert {name: columns[name].annotation for name in types} == types
