"""What an event tells is read as it was written, kind by kind, and nothing of it is left unread."""

import json
from dataclasses import fields
from datetime import date
from typing import get_type_hints

import pytest

from models.tables.task_rows import changes_of, event_json
from models.tables.tasks import TaskChanges
from rules.tasks.event_data import EVENTS, AssignedData, EventData, UrgedData, of_kinds
from rules.text.stored import Unreadable
from rules.vocabulary import EventKind, TaskStatus
from tests.rules.tasks.event_cast import DAY, SAMPLES

MOVED: TaskChanges = {
    "title": "Báo cáo",
    "paused_from": TaskStatus.ASSIGNED,
    "due_on": DAY,
    "original_due_on": DAY,
    "review_on": None,
    "submitted_on": None,
    "confirmed_on": DAY,
    "last_report_on": DAY,
    "urged": 2,
    "last_urged_on": DAY,
    "due_set_on": DAY,
    "due_unpaused_on": DAY,
    "corrected_due_on": DAY,
    "paused_on": DAY,
    "percent": 50,
    "late_step": 1,
    "count_step": 1,
    "urgent": True,
    "parent_id": None,
    "successor_id": 7,
}


@pytest.mark.parametrize("kind", EventKind)
def test_what_is_written_is_what_is_read(kind: EventKind) -> None:
    told = SAMPLES[kind]
    stored = json.loads(json.dumps(event_json(told, MOVED)))
    assert EVENTS[kind] is type(told)
    assert EVENTS[kind].of(stored) == told
    assert changes_of(stored) == MOVED
    assert stored.keys() == {one.name for one in fields(told)} | {"changes"}  # type: ignore[arg-type]


def test_every_column_that_moves_is_tried() -> None:
    assert MOVED.keys() == get_type_hints(TaskChanges).keys()


def test_without_a_move_nothing_is_said_of_columns() -> None:
    assert event_json(UrgedData(1), {}) == {"number": 1}
    assert changes_of({"number": 1}) == {}


def test_what_an_older_release_wrote_besides_is_passed_over() -> None:
    old = {"number": 1, "sent_by": "zalo", "changes": {"urged": 1, "colour": "red"}}
    assert (UrgedData.of(old), changes_of(old)) == (UrgedData(1), {"urged": 1})


@pytest.mark.parametrize("data", [{}, {"number": "1"}, {"number": None}])
def test_what_is_not_what_the_kind_says_is_unreadable(data: dict[str, object]) -> None:
    with pytest.raises(Unreadable, match="UrgedData"):
        UrgedData.of(data)


@pytest.mark.parametrize("moved", [{"due_on": "mai"}, {"urged": "2"}, {"paused_from": "asleep"}])
def test_a_column_that_cannot_have_had_its_value_is_unreadable(moved: dict[str, str]) -> None:
    with pytest.raises(Unreadable, match="changes"):
        changes_of({"changes": moved})


def test_a_field_that_nobody_knows_cannot_be_told() -> None:
    with pytest.raises(TypeError):
        UrgedData(1, colour="red")  # type: ignore[call-arg]


def test_a_kind_tells_one_thing() -> None:
    with pytest.raises(ValueError, match="have their data"):
        of_kinds(EventKind.ASSIGNED)(AssignedData)


def test_days_are_iso_text() -> None:
    data: EventData = SAMPLES[EventKind.EXTENSION_ASKED]
    assert data.stored() == {"wanted_on": date.isoformat(DAY)}


def test_sql_tells_the_same_fields() -> None:
    assert UrgedData.told_by(number="t.urged + 1") == {"number": "t.urged + 1"}
    for wrong in ({}, {"number": "1", "colour": "'red'"}):
        with pytest.raises(TypeError, match="UrgedData tells"):
            UrgedData.told_by(**wrong)
