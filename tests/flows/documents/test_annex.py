"""Which tasks a công văn đôn đốc names: those owed on its day, whatever became of them afterwards."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from flows.actions.tasks.pause import pause
from models.db import reading
from models.follow_up.papers import annex_of, find_paper
from models.tables.tasks import UrgingPaper
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind
from tests.cast import DUE_ON, FINANCE, act, act_on, at, by, directive, issue, rows
from tests.flows.follow_up.test_papers import (
    PREPARED_ON,
    annex,
    codes,
    confirmed,
    follow,
    issued_events,
    prepared,
    sign,
    submitted,
)
from tests.flows.tasks.test_replay import check_history

E, A = EventKind, Actor


@pytest.fixture
def urged(engine: Engine) -> Engine:
    """Papers of 12/9/2022: to TRADE about GN-0002, to FINANCE about GN-0001, 3 and 4."""
    return prepared(engine)


@pytest.fixture
def on_sqlite(sqlite_engine: Engine) -> Engine:
    """The same for what says nothing of databases."""
    return prepared(sqlite_engine)


def test_what_is_not_owed_any_more_is_not_named(urged: Engine) -> None:
    submitted(urged, 1, "2022-09-12")
    answer(urged, 3, E.WITHDRAWN, act(A.LEADER, at("2022-09-13")), Said("Thôi"))
    found = annex(urged, "2022-09-13")
    assert codes(found) == ["GN-0004"]
    assert [(one.task.code, one.reason) for one in found.left_out] == [
        ("GN-0001", "nhiệm vụ ở trạng thái «Chờ xác nhận»"),
        ("GN-0003", "nhiệm vụ ở trạng thái «Đã hủy»"),
    ]
    assert sign(urged, day="2022-09-13") == ("GN-0004",)
    assert [event.task_id for event in issued_events(urged)] == [4]
    assert codes(annex(urged, "2022-12-31")) == ["GN-0004"]


def test_recorded_later_it_names_what_was_owed_on_its_day(urged: Engine) -> None:
    """Signed on Monday the 12th, recorded on Friday, after one task was reported and one ended."""
    submitted(urged, 1, "2022-09-14")
    submitted(urged, 3, "2022-09-14")
    confirmed(urged, 3, "2022-09-15")
    assert codes(annex(urged, "2022-09-16")) == ["GN-0004"]
    assert sign(urged, on="2022-09-16") == ("GN-0001", "GN-0004")  # an ended task takes no more events
    assert codes(annex(urged, "2022-09-16")) == ["GN-0001", "GN-0003", "GN-0004"]
    assert {row.days_late for row in annex(urged, "2022-09-16").rows} == {12}
    check_history(urged)


def test_what_it_said_is_kept(on_sqlite: Engine) -> None:
    """A result of the same afternoon, or a later deadline, changes nothing in an issued paper."""
    sign(on_sqlite)
    submitted(on_sqlite, 1, PREPARED_ON)
    found = annex(on_sqlite, "2022-10-31")
    assert codes(found) == ["GN-0001", "GN-0003", "GN-0004"]
    assert [(row.urging_number, row.due_on, row.days_late) for row in found.rows] == [(2, DUE_ON, 12)] * 3


def test_an_extended_or_paused_task_is_not_named(on_sqlite: Engine) -> None:
    both = directive("Việc khác.", FINANCE, due=by(date(2022, 9, 20)))
    issue(on_sqlite, both, number="300/TB-UBND")
    ask_extension(on_sqlite, 5, "Chờ", date(2022, 10, 20), act_on(on_sqlite, 5, A.LEAD, at("2022-09-14")))
    follow(on_sqlite, "2022-09-21", "2022-09-28")  # urged twice while the request waits
    [paper] = rows(
        on_sqlite, UrgingPaper, UrgingPaper.agency_id == FINANCE, UrgingPaper.prepared_on == date(2022, 9, 28)
    )
    decide_extension(on_sqlite, 1, True, "", act(A.ASSIGNER, at("2022-09-28")))
    pause(on_sqlite, 3, "Chờ hướng dẫn", act(A.SECRETARIAT, at("2022-09-28")))
    with reading(on_sqlite) as session:
        found = annex_of(session, find_paper(session, paper.id), date(2022, 9, 29))
    assert {one.task.code: one.reason for one in found.left_out} == {
        "GN-0003": "nhiệm vụ ở trạng thái «Tạm dừng»",
        "GN-0005": "thời hạn mới là ngày 20/10/2022",
    }
    assert codes(found) == ["GN-0001", "GN-0004"]


def test_each_paper_tells_of_its_own_day(on_sqlite: Engine) -> None:
    """GN-0001 stands in the first paper; it was reported before the second was signed."""
    sign(on_sqlite)
    follow(on_sqlite, "2022-09-19")
    submitted(on_sqlite, 1, "2022-09-19")
    *_, second = rows(on_sqlite, UrgingPaper, UrgingPaper.agency_id == FINANCE)
    assert sign(on_sqlite, "600/UBND-TH", "2022-09-20", paper_id=second.id) == ("GN-0003", "GN-0004")
    assert codes(annex(on_sqlite, "2022-09-20")) == ["GN-0001", "GN-0003", "GN-0004"]
    with reading(on_sqlite) as session:
        found = annex_of(session, find_paper(session, second.id), date(2022, 9, 30))
    assert [(row.task.code, row.urging_number) for row in found.rows] == [("GN-0003", 3), ("GN-0004", 3)]


def test_a_paper_whose_tasks_have_all_ended_is_recorded_all_the_same(on_sqlite: Engine) -> None:
    for key in (1, 3, 4):
        submitted(on_sqlite, key, "2022-09-13")
        confirmed(on_sqlite, key, "2022-09-14")
    with pytest.raises(NotAllowed, match="không có quyền"):
        sign(on_sqlite, on="2022-09-15", actor=A.LEAD)
    assert sign(on_sqlite, on="2022-09-15") == ()
    assert codes(annex(on_sqlite, "2022-09-15")) == ["GN-0001", "GN-0003", "GN-0004"]
