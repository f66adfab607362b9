"""What a task opens with: counted from the receipt, or earlier than its aggregator's in two hops."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.tasks.answer import answer
from flows.actions.tasks.replay import present, replay
from models.db import reading
from models.deadlines.awaited import bases_of
from models.tables.documents import Directive
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from rules.draft import DraftDirective, DraftDue, DueKind
from rules.vocabulary import Actor, DeadlineCause, EventKind
from tests.cast import (
    FINANCE,
    PLANNING,
    PROVINCE,
    TRADE,
    act_on,
    at,
    by,
    change,
    directive,
    every,
    issue,
    move_in,
    rows,
)
from tests.cast import task as the_task

RECEIVED = EventKind.RECEIVED


def from_receipt(
    *lead: str, phrase: str = "trong 05 ngày làm việc kể từ ngày nhận được Thông báo này"
) -> DraftDirective:
    due = DraftDue(DueKind.NONE, phrase=phrase, anchor="receipt", event="nhận được Thông báo này")
    return directive("Gửi ý kiến.", *lead, due=due)


def bases(engine: Engine, *ids: int) -> dict[int, str]:
    with reading(engine) as session:
        return bases_of(session, ids)


def receive(engine: Engine, task_id: int, day: str) -> None:
    answer(engine, task_id, RECEIVED, act_on(engine, task_id, Actor.LEAD, at(day)))


def test_until_it_is_recorded_the_receipt_is_presumed_and_says_so(engine: Engine) -> None:
    issue(move_in(engine), from_receipt(FINANCE, TRADE))  # Monday 15/8; received on the 16th
    assert [task.due_on for task in rows(engine, Task)] == [date(2022, 8, 23)] * 2
    words = "tính từ ngày nhận 16/08/2022, tạm tính"
    assert bases(engine, 1, 2) == {1: words, 2: words}
    [first, _] = rows(engine, DeadlineChange)
    assert (first.cause, first.note) == (DeadlineCause.RECEIPT, words)


def test_each_body_counts_from_its_own_receipt(engine: Engine) -> None:
    issue(move_in(engine), from_receipt(FINANCE, TRADE))
    receive(engine, 1, "2022-08-18")
    task = the_task(engine)
    assert (task.due_on, task.original_due_on, task.due_set_on) == (
        date(2022, 8, 25),
        date(2022, 8, 25),
        date(2022, 8, 18),
    )
    assert the_task(engine, 2).due_on == date(2022, 8, 23)
    assert bases(engine, 1, 2) == {
        1: "tính từ ngày nhận 18/08/2022",
        2: "tính từ ngày nhận 16/08/2022, tạm tính",
    }
    history = rows(engine, TaskEvent, TaskEvent.task_id == 1)
    assert [event.kind for event in history] == [EventKind.ASSIGNED, RECEIVED, EventKind.DEADLINE_SET]
    assert replay(history) == present(task)


def test_a_receipt_on_the_presumed_day_only_drops_the_tam_tinh(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), from_receipt(FINANCE))
    receive(sqlite_engine, 1, "2022-08-16")
    assert the_task(sqlite_engine).due_on == date(2022, 8, 23)
    assert bases(sqlite_engine, 1) == {1: "tính từ ngày nhận 16/08/2022"}
    assert len(rows(sqlite_engine, DeadlineChange)) == 1


def test_a_receipt_after_the_deadline_mends_nothing(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), from_receipt(FINANCE))
    receive(sqlite_engine, 1, "2022-08-24")
    assert the_task(sqlite_engine).due_on == date(2022, 8, 23)


def test_a_deadline_that_was_extended_is_not_moved_by_a_receipt(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), from_receipt(FINANCE))
    change(sqlite_engine, Task, 1, due_on=date(2022, 10, 1))
    receive(sqlite_engine, 1, "2022-08-18")
    assert the_task(sqlite_engine).due_on == date(2022, 10, 1)


def test_without_a_number_of_days_nothing_is_invented(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), from_receipt(FINANCE, phrase="ngay khi nhận được văn bản này"))
    receive(sqlite_engine, 1, "2022-08-18")
    task = the_task(sqlite_engine)
    assert (task.due_on, task.review_on) == (None, date(2022, 9, 14))


TO_AGGREGATE = "Gửi số liệu về Sở Tài chính để tổng hợp, báo cáo UBND tỉnh trước ngày 30/09/2022."


def two_hops(*lead: str, day: date = date(2022, 9, 30)) -> DraftDirective:
    text = TO_AGGREGATE.replace("30/09/2022", f"{day:%d/%m/%Y}")
    return directive(text, *lead, due=by(day), report_to=[FINANCE, PROVINCE])


def test_units_report_earlier_and_the_aggregator_by_the_day_of_the_text(engine: Engine) -> None:
    issue(move_in(engine), two_hops(TRADE, PLANNING))
    parent, *units = rows(engine, Task)
    assert (parent.agency_id, parent.due_on, parent.parent_id) == (FINANCE, date(2022, 9, 30), None)
    assert parent.title.startswith("Tổng hợp báo cáo: ")
    assert [(unit.agency_id, unit.due_on, unit.parent_id) for unit in units] == [
        (TRADE, date(2022, 9, 27), parent.id),
        (PLANNING, date(2022, 9, 27), parent.id),
    ]
    words = "hai cấp: sớm hơn 3 ngày làm việc so với 30/09/2022"
    assert bases(engine, 1, 2) == {2: words}  # the aggregator has the day of the text
    assert [(row.due_on, row.cause) for row in rows(engine, DeadlineChange)] == [
        (date(2022, 9, 30), DeadlineCause.ISSUED),
        (date(2022, 9, 27), DeadlineCause.PARENT),
        (date(2022, 9, 27), DeadlineCause.PARENT),
    ]
    assert [letter.agency_id for letter in rows(engine, OutboxLetter)] == [FINANCE, TRADE, PLANNING]


def test_a_unit_that_sums_up_owes_nothing_to_itself(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), two_hops(TRADE, FINANCE))
    assert [(task.agency_id, task.parent_id) for task in rows(sqlite_engine, Task)] == [
        (FINANCE, None),
        (TRADE, 1),
    ]


def test_too_near_to_be_divided_all_have_the_day_of_the_text(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), two_hops(TRADE, day=date(2022, 8, 18)))
    assert [task.due_on for task in rows(sqlite_engine, Task)] == [date(2022, 8, 18)] * 2
    assert rows(sqlite_engine, Directive)[0].due_basis == ""


def test_a_recurring_duty_and_a_plain_one_make_no_hop(sqlite_engine: Engine) -> None:
    recurring = directive(TO_AGGREGATE, TRADE, due=every("monthly day 25"), report_to=[FINANCE])
    issue(move_in(sqlite_engine), recurring, directive("Báo cáo.", TRADE, due=by(date(2022, 9, 30))))
    assert [task.agency_id for task in rows(sqlite_engine, Task)] == [TRADE, TRADE]


@pytest.mark.parametrize(
    ("phrase", "basis"),
    [
        ("trong 05 ngày làm việc kể từ ngày ký", "lịch nghỉ năm 2027 tạm tính"),
        ("trong 05 ngày kể từ ngày ký", ""),
    ],
)
def test_a_date_that_hangs_on_a_provisional_year_says_so(
    sqlite_engine: Engine, phrase: str, basis: str
) -> None:
    due = DraftDue(DueKind.DATE, date(2027, 2, 11), phrase=phrase, anchor="document")
    issue(move_in(sqlite_engine), directive("Báo cáo.", FINANCE, due=due), on="2027-02-03")
    assert rows(sqlite_engine, Directive)[0].due_basis == basis
