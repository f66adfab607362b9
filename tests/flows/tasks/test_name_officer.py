"""A body hands its task to one of its own people, who then may as much as an officer may."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.escalation.escalate import raise_case
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.cooperate import accept_cooperation, contribute, release
from flows.actions.tasks.extensions.asking import ask_extension, withdraw_extension
from flows.actions.tasks.name_officer import NamedOfficer, name_officer
from flows.actions.tasks.report import Report
from models.db import reading
from models.tables.outbox import OutboxLetter
from models.tables.people import SeatRow, TaskOfficer
from models.tables.tasks import TaskEvent
from models.tasks.officers import handed_to, officers_of
from rules.outbox.payloads.keys import LetterKind
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, Refusal
from rules.tasks.event_data import OfficerNamedData
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import (
    DUE_ON,
    FINANCE,
    ON_SQLITE,
    PLANNING,
    SHARED,
    act,
    at,
    change,
    dump,
    issue,
    move_in,
    rows,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.office_people import as_person, away, seated

A, E, R = Actor, EventKind, SeatRole
NOW = at("2022-08-16")
TODAY = NOW.date()
INNER = date(2022, 8, 25)


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Finance leads GN-0001, planning cooperates; persons 1 to 4 sit at finance, 5 and 6 at planning."""
    issue(move_in(engine), SHARED)
    seated(engine, "Trần Thị Bình", FINANCE, R.HEAD)
    seated(engine, "Lê Văn Cường", FINANCE, R.CLERK)
    seated(engine, "Phạm Thị Dung", FINANCE, R.OFFICER)
    seated(engine, "Hồ Văn Em", FINANCE, R.OFFICER)
    seated(engine, "Võ Thị Giang", PLANNING, R.HEAD)
    seated(engine, "Đỗ Văn Hải", PLANNING, R.OFFICER)
    return engine


HEAD, CLERK, OFFICER, OTHER, PARTNER, PARTNERS_OFFICER = range(1, 7)


def lead(engine: Engine, person: int = HEAD) -> Act:
    return as_person(engine, person, A.LEAD, FINANCE, NOW)


def part(engine: Engine, person: int = PARTNER) -> Act:
    return as_person(engine, person, A.COOPERATING, PLANNING, NOW)


def hand(engine: Engine, person: int | None = OFFICER, by: int = HEAD, due: date | None = INNER) -> None:
    name_officer(engine, 1, FINANCE, NamedOfficer(person, due, "Làm ngay."), lead(engine, by))


def told(engine: Engine) -> list[tuple[OfficerNamedData, int | None, str]]:
    found = rows(engine, TaskEvent, TaskEvent.kind == E.OFFICER_NAMED)
    return [(OfficerNamedData.of(row.data), row.person_id, row.note) for row in found]



def tasks_of(session: Session, person: int) -> list[int]:
    return sorted(session.scalars(handed_to([person])))


def test_handed_on_given_to_another_and_taken_back(office: Engine) -> None:
    before = task(office)
    hand(office)
    with reading(office) as session:
        [found] = officers_of(session, 1, TODAY)
    assert (found.body, found.person_id, found.name) == (FINANCE, OFFICER, "Phạm Thị Dung")
    assert (found.due_on, found.note, found.left) == (INNER, "Làm ngay.", False)
    hand(office, OTHER, by=CLERK, due=None)
    hand(office, None)
    assert rows(office, TaskOfficer) == []
    assert told(office) == [
        (OfficerNamedData(FINANCE, OFFICER, None, INNER), HEAD, "Làm ngay."),
        (OfficerNamedData(FINANCE, OTHER, OFFICER), CLERK, "Làm ngay."),
        (OfficerNamedData(FINANCE, None, OTHER), HEAD, "Làm ngay."),
    ]
    after = task(office)
    assert (after.status, after.due_on) == (before.status, before.due_on)


def test_each_naming_is_one_letter_to_the_person(office: Engine) -> None:
    hand(office)
    hand(office, OTHER)
    hand(office, None)
    hand(office)
    found = rows(office, OutboxLetter, OutboxLetter.kind == LetterKind.OFFICER)
    assert [(row.person_id, row.agency_id, row.due_on) for row in found] == [
        (OFFICER, FINANCE, INNER), (OTHER, FINANCE, INNER), (OFFICER, FINANCE, INNER)
    ]  # fmt: skip


def test_each_body_hands_on_its_own_part(office: Engine) -> None:
    hand(office)
    name_officer(office, 1, PLANNING, NamedOfficer(PARTNERS_OFFICER), part(office))
    with reading(office) as session:
        assert [one.body for one in officers_of(session, 1, TODAY)] == [FINANCE, PLANNING]
        assert (tasks_of(session, PARTNERS_OFFICER), tasks_of(session, OTHER)) == ([1], [])
    release(office, 1, PLANNING, "Không cần nữa.", act(A.SECRETARIAT, NOW))
    with reading(office) as session:
        assert [one.body for one in officers_of(session, 1, TODAY)] == [FINANCE]
        assert tasks_of(session, PARTNERS_OFFICER) == []
    with pytest.raises(NotAllowed, match="thôi phối hợp"):
        name_officer(office, 1, PLANNING, NamedOfficer(PARTNERS_OFFICER), part(office))


def test_without_accounts_whoever_chose_the_role(office: Engine) -> None:
    name_officer(office, 1, FINANCE, NamedOfficer(OFFICER), act(A.LEAD, NOW, FINANCE))
    assert [(data.person, person) for data, person, _ in told(office)] == [(OFFICER, None)]


@pytest.mark.parametrize(
    ("person", "due", "words"),
    [
        (PARTNERS_OFFICER, INNER, "hiện không có vị trí ở cơ quan này"),
        (99, INNER, "hiện không có vị trí ở cơ quan này"),
        (OFFICER, TODAY - timedelta(1), "đã qua"),
        (OFFICER, DUE_ON + timedelta(1), r"không được sau thời hạn phải hoàn thành \(31/08/2022\)"),
        (None, None, "chưa giao nhiệm vụ này cho ai"),
    ],
)
@ON_SQLITE
def test_refused_and_nothing_has_changed(
    office: Engine, person: int | None, due: date | None, words: str
) -> None:
    before = dump(office)
    with pytest.raises(NotAllowed, match=words):
        hand(office, person, due=due)
    assert dump(office) == before


@pytest.mark.parametrize("due", [TODAY, DUE_ON])
@ON_SQLITE
def test_the_first_and_the_last_day(office: Engine, due: date) -> None:
    hand(office, due=due)
    assert [data.due_on for data, _, _ in told(office)] == [due]


@ON_SQLITE
def test_an_overdue_task_has_no_inner_date(office: Engine) -> None:
    late = as_person(office, HEAD, A.LEAD, FINANCE, at(DUE_ON + timedelta(1)))
    with pytest.raises(NotAllowed, match="đã quá thời hạn .* hãy để trống"):
        name_officer(office, 1, FINANCE, NamedOfficer(OFFICER, DUE_ON + timedelta(2)), late)
    name_officer(office, 1, FINANCE, NamedOfficer(OFFICER), late)


@ON_SQLITE
def test_a_seat_that_ended_and_a_person_who_left(office: Engine) -> None:
    gone = seated(office, "Bùi Thị Khánh", FINANCE, R.OFFICER, until=TODAY - timedelta(1))
    with pytest.raises(NotAllowed, match="không có vị trí"):
        hand(office, gone)
    hand(office)
    change(office, SeatRow, OFFICER, valid_to=TODAY)
    with reading(office) as session:
        assert [one.left for one in officers_of(session, 1, TODAY)] == [False]
        assert [one.left for one in officers_of(session, 1, TODAY + timedelta(1))] == [True]


@ON_SQLITE
def test_another_bodys_people_are_not_ours(office: Engine) -> None:
    with pytest.raises(NotAllowed, match="của cơ quan mình"):
        name_officer(office, 1, FINANCE, NamedOfficer(OFFICER), part(office))
    with pytest.raises(NotAllowed, match="không có quyền"):
        name_officer(office, 1, FINANCE, NamedOfficer(OFFICER), act(A.SECRETARIAT, NOW))


#: What an officer does for the body, and what only its head or clerk does.
MAY: dict[str, Callable[[Engine, Act], object]] = {
    "received": lambda office, by: answer(office, 1, E.RECEIVED, by),
    "progress": lambda office, by: answer(office, 1, E.PROGRESS, by, Said("Đang làm.")),
    "submitted": lambda office, by: answer(office, 1, E.SUBMITTED, by, Said("Xong.")),
    "asked": lambda office, by: ask_extension(office, 1, "Chờ số liệu.", DUE_ON + timedelta(7), by),
}
MAY_NOT: dict[str, Callable[[Engine, Act], object]] = {
    "refused": lambda office, by: answer(office, 1, E.REFUSED, by, Said("Không phải của Sở.")),
    "escalated": lambda office, by: raise_case(office, 1, FORM, by),
    "named": lambda office, by: name_officer(office, 1, FINANCE, NamedOfficer(OTHER), by),
}


@pytest.mark.parametrize("does", MAY)
@ON_SQLITE
def test_an_officer_acts_on_what_was_handed_to_him(office: Engine, does: str) -> None:
    by = lead(office, OFFICER)
    with pytest.raises(NotAllowed, match="chưa giao cho bạn"):
        MAY[does](office, by)
    hand(office, OTHER)
    with pytest.raises(NotAllowed, match="chưa giao cho bạn"):
        MAY[does](office, by)
    hand(office)
    MAY[does](office, by)
    assert rows(office, TaskEvent)[-1].person_id == OFFICER


@pytest.mark.parametrize("does", MAY_NOT)
@ON_SQLITE
def test_what_only_the_head_or_clerk_does(office: Engine, does: str) -> None:
    hand(office)
    before = dump(office)
    with pytest.raises(NotAllowed, match="do lãnh đạo hoặc văn thư của cơ quan thực hiện"):
        MAY_NOT[does](office, lead(office, OFFICER))
    assert dump(office) == before
    MAY_NOT[does](office, lead(office, CLERK))


@ON_SQLITE
def test_a_request_is_taken_back_by_the_head(office: Engine) -> None:
    hand(office)
    MAY["asked"](office, lead(office, OFFICER))
    with pytest.raises(NotAllowed, match="do lãnh đạo hoặc văn thư"):
        withdraw_extension(office, 1, lead(office, OFFICER))
    withdraw_extension(office, 1, lead(office, HEAD))


@ON_SQLITE
def test_an_officer_of_a_cooperating_body(office: Engine) -> None:
    by = part(office, PARTNERS_OFFICER)
    for does in (accept_cooperation, lambda *given: contribute(*given[:2], Report("Phần việc."), given[2])):
        with pytest.raises(NotAllowed, match="chưa giao cho bạn"):
            does(office, 1, by)
    name_officer(office, 1, PLANNING, NamedOfficer(PARTNERS_OFFICER), part(office))
    accept_cooperation(office, 1, by)
    contribute(office, 1, Report("Phần việc."), by)


@ON_SQLITE
def test_whoever_is_head_or_clerk_too_is_held_back_by_nothing(office: Engine) -> None:
    both = seated(office, "Mai Văn Long", FINANCE, R.OFFICER, R.CLERK)
    answer(office, 1, E.RECEIVED, lead(office, both))
    assert task(office).status is TaskStatus.ACCEPTED


@ON_SQLITE
def test_a_deputy_acts_in_the_name_of_the_absent_one(office: Engine) -> None:
    away(office, HEAD, OFFICER, TODAY, TODAY)
    hand(office, OTHER, by=OFFICER)
    [event] = rows(office, TaskEvent, TaskEvent.kind == E.OFFICER_NAMED)
    assert (event.person_id, event.instead_of_id) == (OFFICER, HEAD)
    away(office, OTHER, PARTNERS_OFFICER, TODAY, TODAY)  # an officer's own work goes to the deputy too
    answer(office, 1, E.RECEIVED, lead(office, PARTNERS_OFFICER))


@ON_SQLITE
def test_a_closed_task_is_handed_to_nobody(office: Engine) -> None:
    answer(office, 1, E.WITHDRAWN, act(A.SECRETARIAT, NOW), Said("Không cần nữa."))
    with pytest.raises(Refusal, match="không thể «Giao người thực hiện»"):
        hand(office)
