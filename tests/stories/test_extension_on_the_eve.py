"""An extension asked for in the morning and granted in the afternoon of the day before the deadline."""

import re
from datetime import date

import pytest

from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from models.tables.tasks import DeadlineChange, Task
from rules.refusal import Refusal
from rules.vocabulary import Actor, DeadlineCause
from tests.cast import FINANCE, act, act_on, at, by, directive, rows
from tests.stories.told import Told

ASKING = re.compile("nhắc việc|đôn đốc lần", re.I)
DUE, LATER = date(2026, 3, 20), date(2026, 4, 3)


def test_granted_the_day_before(told: Told) -> None:
    told.issue("2026-03-02", directive("Tham mưu cân đối kinh phí.", FINANCE, due=by(DUE)))
    told.mornings("2026-03-03", "2026-03-19")
    asked = at("2026-03-19", "10:00")
    key = ask_extension(
        told.engine,
        1,
        "Chờ số liệu của các xã.",
        LATER,
        act_on(told.engine, 1, Actor.LEAD, asked, office=told.office),
    )
    with pytest.raises(Refusal):  # whoever asks does not decide
        decide_extension(
            told.engine, key, True, "", act_on(told.engine, 1, Actor.LEAD, asked, office=told.office)
        )
    granted = at("2026-03-19", "15:00")
    decide_extension(
        told.engine,
        key,
        True,
        "",
        act(Actor.ASSIGNER, granted, capacity="Trưởng Ban Chỉ đạo", office=told.office),
    )
    told.mornings("2026-03-20", "2026-04-06")
    [task] = rows(told.engine, Task)
    assert (task.due_on, task.original_due_on) == (LATER, DUE)
    chain = [(change.due_on, change.cause) for change in rows(told.engine, DeadlineChange)]
    assert chain == [(DUE, DeadlineCause.ISSUED), (LATER, DeadlineCause.EXTENSION)]
    # No "on the day" for the old deadline and no urging for it: the reminders start anew, then lần 1.
    before = ["2026-03-13", "2026-03-17", "2026-03-19"]
    after = ["2026-03-27", "2026-03-31", "2026-04-02", "2026-04-03", "2026-04-06"]
    heard = [mail for mail in told.mails if mail.to == "stc" and ASKING.search(mail.subject)]
    assert [mail.day for mail in heard if mail.day >= "2026-03-10"] == before + after
    assert "lần 1" in heard[-1].text
