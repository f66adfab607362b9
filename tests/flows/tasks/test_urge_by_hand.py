"""The secretariat urges today: the next number of the series, once a task and day, and never untrue."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents.issue import publish
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.urge import urge_by_hand
from models.db import reading, unit_of_work
from models.follow_up.papers import annex_of
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent, Urging, UrgingPaper
from notifications.delivery.deliver import deliver
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind
from tests.cast import (
    DATED,
    FINANCE,
    OPEN_ENDED,
    Postman,
    act,
    act_on,
    at,
    conclusion,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
    task,
)
from tests.flows.tasks.test_replay import check_history

A, K = Actor, LetterKind
WORDS = "Báo cáo ngay tiến độ."


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """GN-0001, due on 31/8, and GN-0002 without a deadline."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    told(engine)
    return engine


def told(engine: Engine) -> None:
    """The letters about the tasks leave."""
    deliver(engine, by_clock(at("2022-08-15", "09:00"), office()), settings(), Postman())


def urge(engine: Engine, day: str, task_id: int = 1, actor: A = A.SECRETARIAT) -> int:
    return urge_by_hand(engine, task_id, WORDS, act_on(engine, task_id, actor, at(day, "10:00")))


def sweep(engine: Engine, day: str) -> tuple[int, ...]:
    return daily_follow_up(engine, by_clock(at(day, "07:00"), office())).urged


def series(engine: Engine, task_id: int = 1) -> list[tuple[int, str]]:
    return [(row.number, f"{row.urged_on:%d/%m}") for row in rows(engine, Urging, Urging.task_id == task_id)]


def test_one_series_and_the_sweep_counts_its_days_from_it(busy: Engine) -> None:
    assert urge(busy, "2022-08-30") == 1
    assert sweep(busy, "2022-09-05") == ()  # two working days after it: the 1st and the 2nd are holidays
    assert sweep(busy, "2022-09-08") == (1,)
    assert urge(busy, "2022-09-09") == 3
    assert sweep(busy, "2022-09-15") == ()
    assert sweep(busy, "2022-09-16") == (1,)
    assert series(busy) == [(1, "30/08"), (2, "08/09"), (3, "09/09"), (4, "16/09")]
    assert (task(busy).urged, task(busy).last_urged_on) == (4, date(2022, 9, 16))
    check_history(busy)


def test_its_record_its_event_and_its_letter(busy: Engine) -> None:
    urge(busy, "2022-08-30")
    [urging] = rows(busy, Urging)
    text = f"Đôn đốc lần 1: còn 1 ngày đến hạn (hạn 31/08/2022). {WORDS}"
    assert (urging.text, urging.recipient_id, urging.letter_key) == (text, FINANCE, "urging:1:1")
    event = rows(busy, TaskEvent, TaskEvent.task_id == 1)[-1]
    assert (event.kind, event.actor, event.note) == (EventKind.URGED, A.SECRETARIAT, text)
    [letter] = rows(busy, OutboxLetter, OutboxLetter.kind == K.URGING)
    assert (letter.key, letter.number, letter.due_on) == ("urging:1:1", 1, date(2022, 8, 31))
    assert letter.not_before == at("2022-08-30", "10:00")


@pytest.mark.parametrize(("task_id", "state"), [(1, "còn 1 ngày"), (2, "không thời hạn")])
def test_the_letter_does_not_call_late_what_is_not(busy: Engine, task_id: int, state: str) -> None:
    urge(busy, "2022-08-30", task_id)
    postman = Postman()
    deliver(busy, by_clock(at("2022-08-30", "10:05"), office()), settings(), postman)
    urged = [parcel for _, parcel in postman.carried if f"Đôn đốc lần 1: {state}" in parcel.letter.subject]
    assert urged
    for parcel in urged:
        assert WORDS in parcel.letter.text
        assert "NHIỆM VỤ ĐƯỢC ĐÔN ĐỐC (1)" in parcel.letter.text
        assert "quá hạn" not in parcel.letter.text.lower()


def test_once_a_day_whoever_urges(busy: Engine) -> None:
    urge(busy, "2022-08-30")
    before = dump(busy)
    with pytest.raises(NotAllowed, match=r"đã được đôn đốc \(lần 1\); mỗi ngày chỉ đôn đốc một lần"):
        urge(busy, "2022-08-30")
    assert dump(busy) == before
    assert sweep(busy, "2022-09-08") == (1,)
    with pytest.raises(NotAllowed, match="mỗi ngày"):
        urge(busy, "2022-09-08")


def test_not_what_nobody_owes_nor_on_a_day_off_nor_without_words(busy: Engine) -> None:
    with pytest.raises(NotAllowed, match="là ngày nghỉ"):
        urge(busy, "2022-08-28")
    with pytest.raises(NotAllowed, match="không có quyền «Đôn đốc»"):
        urge(busy, "2022-08-30", actor=A.LEADER)
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        urge_by_hand(busy, 1, "", act(A.SECRETARIAT, at("2022-08-30")))
    answer(busy, 1, EventKind.SUBMITTED, act_on(busy, 1, A.LEAD, at("2022-08-29")), Said("Xong."))
    with pytest.raises(NotAllowed, match="«Chờ xác nhận», không thể «Đôn đốc»"):
        urge(busy, "2022-08-28")  # the status is told before the day
    assert rows(busy, Urging) == []


@pytest.mark.parametrize("task_id", [1, 2])
def test_not_before_the_lead_was_told_on_an_earlier_day(engine: Engine, task_id: int) -> None:
    """Break: forget to ask ``knew_before``."""
    publish(move_in(engine), conclusion(DATED, OPEN_ENDED), act(Actor.SECRETARIAT, at("2022-08-15", "08:00")))
    for day in ("2022-08-15", "2022-08-16"):  # on the day of issue, and while the letter still waits
        with pytest.raises(NotAllowed, match="chưa được báo nhiệm vụ này"):
            urge(engine, day, task_id)
    told(engine)
    assert urge(engine, "2022-08-16", task_id) == 1


def test_not_by_a_deadline_that_was_not_told(busy: Engine) -> None:
    with unit_of_work(busy) as session:
        session.get_one(Task, 1).due_on = date(2022, 9, 15)
    with pytest.raises(NotAllowed, match="với thời hạn hiện nay"):
        urge(busy, "2022-08-30")


def test_not_a_body_that_has_ended(busy: Engine) -> None:
    """Break: forget to ask whether the lead has ended."""
    with unit_of_work(busy) as session:
        session.get_one(Agency, FINANCE).valid_to = date(2022, 8, 30)
    assert urge(busy, "2022-08-29") == 1
    with pytest.raises(NotAllowed, match="đã kết thúc hoạt động.*chuyển giao nhiệm vụ"):
        urge(busy, "2022-08-30")


def test_a_paper_is_prepared_for_what_is_late_from_the_second_on(busy: Engine) -> None:
    urge(busy, "2022-08-29")
    urge(busy, "2022-08-30")
    assert rows(busy, UrgingPaper) == []  # the second, but nothing is late
    urge(busy, "2022-09-05")
    [paper] = rows(busy, UrgingPaper)
    assert (paper.agency_id, paper.prepared_on) == (FINANCE, date(2022, 9, 5))
    asked = rows(busy, OutboxLetter, OutboxLetter.kind == K.PAPER_DUE)
    assert [row.key for row in asked] == [f"paper_due:{FINANCE}:2022-09-05"]
    with reading(busy) as session:
        annex = annex_of(session, paper, date(2022, 9, 5))
    assert [(row.task.id, row.urging_number) for row in annex.rows] == [(1, 3)]


def test_a_paper_that_is_out_names_nothing_more(engine: Engine) -> None:
    issue(move_in(engine), DATED, DATED, number="7/TB")
    told(engine)
    for day in ("2022-08-29", "2022-08-30"):
        urge(engine, day, 2)
    urge(engine, "2022-08-29", 1)
    urge(engine, "2022-09-05", 1)
    signed = ("512/UBND-TH", "Chánh Văn phòng", date(2022, 9, 5))
    issue_paper(engine, 1, *signed, act(A.SECRETARIAT, at("2022-09-05", "11:00")))
    urge_by_hand(engine, 2, WORDS, act(A.SECRETARIAT, at("2022-09-05", "14:00")))
    assert [row.paper_id for row in rows(engine, Urging, Urging.urged_on == date(2022, 9, 5))] == [1, None]
