"""A công văn đôn đốc is issued once, under a number, and stands in the history of the tasks it names."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.tasks.answer import answer
from flows.actions.tasks.report import Report, submit
from models.db import reading
from models.follow_up.papers import Annex, annex_of, count_waiting, find_paper, issued_papers, waiting_papers
from models.tables.tasks import TaskEvent, UrgingPaper
from notifications.delivery.deliver import deliver
from rules.follow_up.urging_papers import WrongEntry
from rules.refusal import NotAllowed, NotFound, Refusal
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import (
    DUE_ON,
    FINANCE,
    SECRETARIAT_MAILS,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    by,
    directive,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
    task,
)
from tests.flows.racing.race import at_once
from tests.flows.tasks.test_replay import check_history

PREPARED_ON = "2022-09-12"
E, A = EventKind, Actor


def follow(engine: Engine, *days: str) -> None:
    for day in days:
        daily_follow_up(engine, by_clock(at(day, "06:00"), office()))


@pytest.fixture
def urged(engine: Engine) -> Engine:
    """Papers of 12/9/2022: to TRADE about GN-0002, to FINANCE about GN-0001, 3 and 4."""
    return prepared(engine)


@pytest.fixture
def on_sqlite(sqlite_engine: Engine) -> Engine:
    """The same for what says nothing of databases."""
    return prepared(sqlite_engine)


def prepared(engine: Engine) -> Engine:
    both = directive("Hai cơ quan cùng làm.", FINANCE, TRADE, due=by(DUE_ON))
    more = (directive(f"Việc {n}.", FINANCE, due=by(DUE_ON)) for n in (1, 2))
    issue(move_in(engine), both, *more)
    follow(engine, "2022-09-05", PREPARED_ON)
    return engine


def to_finance(engine: Engine) -> int:
    first, *_ = rows(engine, UrgingPaper, UrgingPaper.agency_id == FINANCE)
    return first.id


def sign(
    engine: Engine,
    number: str = "512/UBND-TH",
    day: str = PREPARED_ON,
    on: str = "",
    actor: A = A.SECRETARIAT,
    **more: Any,
) -> Any:
    given = {"paper_id": to_finance(engine), "signed_by": "Chánh Văn phòng", **more}
    issued_on = date.fromisoformat(day)
    return issue_paper(engine, number=number, issued_on=issued_on, act=act(actor, at(on or day)), **given)


def annex(engine: Engine, today: str) -> Annex:
    with reading(engine) as session:
        return annex_of(session, find_paper(session, to_finance(engine)), date.fromisoformat(today))


def codes(found: Annex) -> list[str]:
    return [row.task.code for row in found.rows]


def issued_events(engine: Engine) -> list[TaskEvent]:
    return rows(engine, TaskEvent, TaskEvent.kind == E.PAPER_ISSUED)


def submitted(engine: Engine, key: int, day: str) -> None:
    submit(engine, key, Report("Xong"), act_on(engine, key, A.LEAD, at(day)))


def confirmed(engine: Engine, key: int, day: str) -> None:
    answer(engine, key, E.CONFIRMED, act(A.SECRETARIAT, at(day)))


def test_it_goes_out_under_its_number(urged: Engine) -> None:
    assert codes(annex(urged, PREPARED_ON)) == ["GN-0001", "GN-0003", "GN-0004"]
    assert sign(urged, "Số: 512 / UBND - TH") == ("GN-0001", "GN-0003", "GN-0004")
    [paper] = rows(urged, UrgingPaper, UrgingPaper.agency_id == FINANCE)
    assert (paper.number, paper.signed_by, paper.issued_on) == (
        "512/UBND-TH",
        "Chánh Văn phòng",
        date(2022, 9, 12),
    )
    events = issued_events(urged)
    assert [(event.task_id, event.actor, event.data) for event in events] == [
        (key, A.SECRETARIAT, {"paper": paper.id, "number": 2, "due_on": "2022-08-31"}) for key in (1, 3, 4)
    ]
    assert events[0].note == "Công văn số 512/UBND-TH ngày 12/09/2022, người ký: Chánh Văn phòng."
    assert task(urged).status is TaskStatus.ASSIGNED
    check_history(urged)


def test_it_is_issued_once(urged: Engine) -> None:
    sign(urged)
    before = dump(urged)
    with pytest.raises(NotAllowed, match="đã được ban hành ngày 12/09/2022, số 512/UBND-TH"):
        sign(urged, "600/UBND-TH", "2022-09-13")
    assert dump(urged) == before


def test_of_two_at_once_one_is_told_so(urged: Engine) -> None:
    pair: list[Callable[[Engine], Any]] = [
        lambda engine: sign(engine, "512/UBND-TH"),
        lambda engine: sign(engine, "513/UBND-TH"),
    ]
    outcomes = at_once(urged, pair, urged.dialect.name == "postgresql")
    [lost] = [one for one in outcomes if isinstance(one, Exception)]
    [paper] = rows(urged, UrgingPaper, UrgingPaper.agency_id == FINANCE)
    assert isinstance(lost, NotAllowed)
    assert f"số {paper.number}" in str(lost)
    assert len(issued_events(urged)) == 3
    check_history(urged)


def test_where_nothing_is_left_it_is_not_needed(urged: Engine) -> None:
    for key in (1, 3, 4):
        submitted(urged, key, "2022-09-13")
    with reading(urged) as session:
        today = date(2022, 9, 13)
        assert count_waiting(session, today) == 1  # the one to TRADE
        assert [(row.agency_name, row.tasks, row.owed) for row in waiting_papers(session, today, 9)] == [
            ("Sở Công Thương", 1, 1),
            ("Sở Tài chính", 3, 0),
        ]
    before = dump(urged)
    with pytest.raises(NotAllowed, match="Ngày 13/09/2022 không còn nhiệm vụ nào"):
        sign(urged, day="2022-09-13")
    assert dump(urged) == before


def test_lists_tell_what_waits_and_what_is_out(urged: Engine) -> None:
    follow(urged, "2022-09-19")  # lần 3: a newer paper to each
    sign(urged, on="2022-09-19", paper_id=1)
    with reading(urged) as session:
        today = date(2022, 9, 19)
        waiting, issued = waiting_papers(session, today, 9), issued_papers(session, today, 9)
        assert [(str(row.paper.prepared_on), row.newer_on) for row in waiting] == [
            ("2022-09-19", None),
            ("2022-09-19", None),
            ("2022-09-12", today),
        ]
        assert [row.paper.number for row in issued] == ["512/UBND-TH"]
        assert count_waiting(session, today) == 3
        assert len(waiting_papers(session, today, 2)) == 2


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"paper_id": 99}, NotFound, "Không có công văn"),
        ({"paper_id": 2**63}, NotFound, "Không có công văn"),
        ({"actor": A.LEAD}, NotAllowed, "không có quyền"),
        ({"number": " "}, WrongEntry, "Chưa ghi số"),
        ({"number": "512"}, WrongEntry, "ví dụ: 512/UBND-TH"),
        ({"signed_by": ""}, WrongEntry, "Chưa ghi chức vụ người ký"),
        ({"day": "2022-09-11"}, WrongEntry, "trước ngày chuẩn bị"),
        ({"day": "2022-09-14", "on": "2022-09-13"}, WrongEntry, "chưa tới"),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(
    on_sqlite: Engine, wrong: dict[str, Any], error: type[Refusal], words: str
) -> None:
    before = dump(on_sqlite)
    with pytest.raises(error, match=words):
        sign(on_sqlite, **{"on": "2022-09-13", **wrong})
    assert dump(on_sqlite) == before


def test_only_the_secretariat_records_a_paper_whose_tasks_have_all_ended(on_sqlite: Engine) -> None:
    """No task moves by it, so no task's door asks who it is."""
    for key in (1, 3, 4):
        submitted(on_sqlite, key, "2022-09-13")
        confirmed(on_sqlite, key, "2022-09-13")
    before = dump(on_sqlite)
    with pytest.raises(NotAllowed, match="Cơ quan chủ trì không có quyền"):
        sign(on_sqlite, on="2022-09-13", actor=A.LEAD)
    assert dump(on_sqlite) == before
    assert sign(on_sqlite, on="2022-09-13") == ()


def test_two_hundred_tasks_in_one_paper(engine: Engine) -> None:
    issue(move_in(engine), *(directive(f"Việc {n}.", FINANCE, due=by(DUE_ON)) for n in range(200)))
    follow(engine, "2022-09-05", PREPARED_ON)
    assert len(sign(engine)) == 200
    assert len(issued_events(engine)) == 200
    check_history(engine)


def test_urging_goes_on_after_a_paper(on_sqlite: Engine) -> None:
    sign(on_sqlite)
    follow(on_sqlite, str(date.fromisoformat(PREPARED_ON) + timedelta(days=7)))
    assert task(on_sqlite).urged == 3
    check_history(on_sqlite)


@pytest.mark.parametrize(("leads", "place"), [([FINANCE], "/cong-van/1"), ([FINANCE, TRADE], "/cong-van")])
def test_the_letter_to_the_secretariat_leads_to_the_paper(
    sqlite_engine: Engine, leads: list[str], place: str
) -> None:
    issue(move_in(sqlite_engine), directive("Việc.", *leads, due=by(DUE_ON)))
    follow(sqlite_engine, "2022-09-05", PREPARED_ON)
    postman = Postman()
    deliver(sqlite_engine, by_clock(at(PREPARED_ON, "09:00"), office()), settings(), postman)
    told = [parcel.letter for url, parcel in postman.carried if url in SECRETARIAT_MAILS]
    [letter] = {letter for letter in told if "chờ ký" in letter.subject}
    assert f"Xem và in công văn: https://dondoc.example{place}\n" in letter.text
    assert letter.short.endswith(f"https://dondoc.example{place}")
