"""Sở Công Thương becomes another body on 1/7/2025 while it owes a task; the districts are gone."""

from datetime import date

import pytest

from config.act import Act
from flows.actions.documents.publishable import PublishError
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.tables.tasks import Task
from rules.vocabulary import Actor, TaskStatus, Way
from tests.cast import DISTRICTS, TRADE, at, by, directive, rows
from tests.stories.told import NEW_TRADE, Told

DUE = date(2025, 7, 15)
BASIS = "Nghị quyết 202/2025/QH15"


def test_open_tasks_move_by_an_explicit_hand_over(told: Told) -> None:
    told.issue("2025-06-16", directive("Phát triển cụm công nghiệp.", TRADE, due=by(DUE)))
    told.mornings("2025-06-16", "2025-06-30")
    plan = preview_hand_over(told.engine, TRADE, NEW_TRADE, at("2025-07-01", "09:00"))
    assert [moving.task_id for moving in plan.tasks] == [1]
    hand_over(
        told.engine,
        plan,
        BASIS,
        "Sáp nhập tỉnh.",
        Act(Actor.SECRETARIAT, at("2025-07-01", "09:00"), told.office, Way.PAGE, capacity="van-phong"),
    )
    told.mornings("2025-07-02", "2025-07-16")
    old, new = rows(told.engine, Task)
    assert (old.status, old.successor_id) == (TaskStatus.HANDED_OVER, new.id)
    assert (new.agency_id, new.due_on, new.original_due_on) == (NEW_TRADE, DUE, DUE)
    asked = [mail for mail in told.mails if "chuyển giao" not in mail.subject.lower()]
    assert [mail.day for mail in asked if mail.to == "sct" and mail.day >= "2025-07-02"] == []
    heard = [mail.day for mail in asked if mail.to == "sct-moi"]
    assert heard[-5:] == ["2025-07-08", "2025-07-10", "2025-07-14", "2025-07-15", "2025-07-16"]


def test_the_districts_of_2022_are_nobody_after_the_first_of_july(told: Told) -> None:
    told.issue("2025-06-16", directive("Báo cáo tình hình hợp tác xã.", DISTRICTS, due=by(DUE)))
    districts = len(rows(told.engine, Task))
    assert districts > 1  # one task a body
    with pytest.raises(PublishError):  # a question, never zero tasks in silence
        told.issue("2025-07-02", directive("Báo cáo tháng.", DISTRICTS, due=by(DUE)), number="9/TB-UBND")
    assert len(rows(told.engine, Task)) == districts
