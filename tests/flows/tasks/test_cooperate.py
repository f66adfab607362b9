"""Cooperating bodies have a state of their own, and their own reports; the lead answers for the task."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flows.actions.follow_up.tick import tick
from flows.actions.tasks.cooperate import accept_cooperation, ask_cooperation, contribute, release
from flows.actions.tasks.evidence.files import NewFile
from flows.actions.tasks.report import Report
from flows.actions.tasks.withdraw import withdraw
from models.tables.outbox import OutboxLetter
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import TaskCooperation, TaskEvent
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import Refusal
from rules.vocabulary import Actor, CooperationState, EventKind, TaskStatus
from tests.cast import (  # fmt: skip
    FINANCE,
    PLANNING,
    SHARED,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
    task,
)

A, C = Actor, CooperationState
NOW = at("2022-08-16")


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """Finance leads GN-0001, planning was asked to cooperate."""
    issue(move_in(engine), SHARED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), SHARED)
    return sqlite_engine


def part(engine: Engine, body: str = PLANNING) -> TaskCooperation:
    [found] = rows(engine, TaskCooperation, TaskCooperation.agency_id == body)
    return found


def invitations(engine: Engine) -> list[OutboxLetter]:
    return rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.COOPERATION)


def ask(engine: Engine, *bodies: str, actor: Actor = A.SECRETARIAT, due: date | None = None) -> None:
    ask_cooperation(engine, 1, bodies, act_on(engine, 1, actor, NOW), due)


def test_from_asking_to_contributing(at_work: Engine, tmp_path: Path) -> None:
    assert part(at_work).state is C.ASKED
    accept_cooperation(at_work, 1, act(A.COOPERATING, NOW, PLANNING))
    assert part(at_work).state is C.ACCEPTED
    files = [NewFile("góp ý.txt", "Đồng ý".encode())]
    content = Report("Đã rà soát phần vốn", 80, files=files)
    contribute(at_work, 1, content, act(A.COOPERATING, at("2022-08-18"), PLANNING), tmp_path / "evidence")
    assert (part(at_work).state, part(at_work).last_report_on) == (C.CONTRIBUTED, date(2022, 8, 18))
    [report] = rows(at_work, TaskReport)
    assert (report.agency_id, report.percent, report.event_seq) == (PLANNING, 80, 2)
    assert len(rows(at_work, EvidenceFile)) == 1
    lead = task(at_work)  # what the other body does is no report of the lead
    assert (lead.status, lead.percent, lead.last_report_on) == (TaskStatus.ASSIGNED, None, None)
    _, accepted, contributed = rows(at_work, TaskEvent)
    assert (accepted.kind, accepted.data) == (
        EventKind.COOPERATION,
        {"agency": PLANNING, "state": "accepted"},
    )
    assert (contributed.kind, contributed.actor_agency_id) == (EventKind.CONTRIBUTED, PLANNING)


def test_the_bodies_of_a_directive_are_asked_when_it_is_issued(small_office: Engine) -> None:
    [letter] = invitations(small_office)
    assert (letter.agency_id, letter.task_id, letter.due_on) == (PLANNING, 1, None)
    assert letter.data == {"document": 1}


def test_another_body_is_asked_and_hears_of_it(at_work: Engine) -> None:
    ask(at_work, TRADE, due=date(2022, 8, 26))
    assert (part(at_work, TRADE).state, part(at_work, TRADE).due_on) == (C.ASKED, date(2022, 8, 26))
    [_, letter] = invitations(at_work)
    assert (letter.key, letter.agency_id) == (f"cooperation:1:{TRADE}", TRADE)
    assert (letter.data, letter.due_on) == ({"document": 1}, date(2022, 8, 26))


def test_released_and_asked_again(small_office: Engine) -> None:
    release(small_office, 1, PLANNING, "Không còn cần", act(A.SECRETARIAT, NOW))
    assert part(small_office).state is C.RELEASED
    ask(small_office, PLANNING)
    assert (part(small_office).state, part(small_office).version) == (C.ASKED, 2)
    keys = [letter.key for letter in invitations(small_office)]
    assert keys == [f"cooperation:1:{PLANNING}", f"cooperation:1:{PLANNING}:2"]


def test_who_was_released_before_the_letter_left_does_not_get_it(small_office: Engine) -> None:
    release(small_office, 1, PLANNING, "Không còn cần", act(A.SECRETARIAT, NOW))
    tick(small_office, office(), NOW, settings(), Postman())
    [letter] = invitations(small_office)
    assert (letter.state, letter.state_note) == (
        LetterState.OBSOLETE,
        "Không gửi: không còn đề nghị cơ quan này phối hợp.",
    )


def test_who_was_released_hears_no_more(small_office: Engine) -> None:
    release(small_office, 1, PLANNING, "Không còn cần", act(A.SECRETARIAT, NOW))
    withdraw(small_office, 1, "Thôi", act(A.SECRETARIAT, NOW))
    told = rows(small_office, OutboxLetter, OutboxLetter.kind == LetterKind.WITHDRAWN)
    assert [letter.agency_id for letter in told] == [FINANCE]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda e: ask(e, FINANCE), "chủ trì nhiệm vụ này"),
        (lambda e: ask(e, PLANNING), "đã được đề nghị phối hợp"),
        (lambda e: ask(e, TRADE, "không-có"), "Không có cơ quan «không-có»"),
        (lambda e: ask(e, TRADE, actor=A.COOPERATING), "không có quyền"),
        (lambda e: ask(e, TRADE, due=date(2022, 9, 1)), "không được sau thời hạn của nhiệm vụ"),
        (lambda e: accept_cooperation(e, 1, act(A.COOPERATING, NOW, TRADE)), "không được giao phối hợp"),
        (lambda e: accept_cooperation(e, 1, act(A.LEAD, NOW, PLANNING)), "không có quyền"),
        (lambda e: contribute(e, 1, Report("Xong"), act(A.LEAD, NOW, PLANNING)), "không có quyền"),
        (lambda e: contribute(e, 1, Report(" "), act(A.COOPERATING, NOW, PLANNING)), "cần ghi nội dung"),
        (lambda e: release(e, 1, PLANNING, "Bận", act(A.COOPERATING, NOW)), "không có quyền"),
        (lambda e: release(e, 1, PLANNING, "", act(A.SECRETARIAT, NOW)), "cần ghi nội dung"),
    ],
)
def test_what_is_not_allowed_changes_nothing(
    small_office: Engine, act: Callable[[Engine], None], said: str
) -> None:
    before = dump(small_office)
    with pytest.raises(Refusal, match=said):
        act(small_office)
    assert dump(small_office) == before


def test_a_closed_task_needs_no_help(small_office: Engine) -> None:
    withdraw(small_office, 1, "Thôi", act(A.SECRETARIAT, NOW))
    with pytest.raises(Refusal, match="«Đã hủy»"):
        contribute(small_office, 1, Report("Xong"), act(A.COOPERATING, NOW, PLANNING))
