"""What a letter says must still hold when it leaves: every kind against every status of its task."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
)
from models.db import reading
from models.tables.outbox import MessageLetter, OutboxLetter
from models.tables.tasks import UrgingPaper
from notifications.delivery.deliver import deliver
from notifications.delivery.still_true import as_they_stand, obsolete
from notifications.outbox.carried import Carried, carried_by
from rules.facts import TaskFacts
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.tasks import Correction
from rules.vocabulary import AWAITED, CLOSED, Actor, CaseState, Rung, TaskStatus
from tests.cast import (
    DATED,
    DUE_ON,
    SECRETARIAT_MAILS,
    Postman,
    act,
    act_on,
    at,
    change,
    issue,
    move_in,
    office,
    rows,
    settings,
)
from tests.notifications.payload_cast import SAMPLES

K, S = LetterKind, TaskStatus
DAY = date(2022, 8, 24)
TASK = TaskFacts(1, "GN-0001", "Việc", "stc", "Sở Tài chính", S.ASSIGNED, DAY, DUE_ON)
#: In which statuses of its task a letter still says something true.
OPEN = frozenset(S) - CLOSED
TRUE_IN = {
    K.ASSIGNMENT: OPEN,
    K.BODY_ENDED: OPEN,
    K.COOPERATION: OPEN,
    K.EXTENSION_ANSWER: OPEN,
    K.DEADLINE: OPEN,
    K.EXTENSION: OPEN,
    K.REMINDER: AWAITED,
    K.URGING: AWAITED,
    K.REVIEW: AWAITED,
    K.CROSSING: AWAITED,
    K.RETURNED: AWAITED,
    K.CONFIRMATION: {S.SUBMITTED},
    K.REFUSED: {S.REFUSED},
    K.WITHDRAWN: {S.WITHDRAWN},
    K.RECALLED: {S.WITHDRAWN},
    K.CORRECTION: OPEN,
    K.REOPENED: OPEN,
    K.OFFICER: OPEN,
    K.DECISION: set(S),
    K.HANDED_OVER: set(S),
}
WITHOUT_A_TASK = {
    K.ESCALATION, K.ESCALATION_NOTICE, K.PAPER_DUE, K.DIGEST, K.NO_CONTACT, K.CHANNEL_DOWN, K.CALENDAR,
    K.CLOCK, K.INVITATION, K.SIGN_IN,
}  # fmt: skip


def carried(kind: LetterKind, task: TaskFacts | None = TASK, **more: object) -> Carried:
    given = {"case_state": CaseState.WAITING, "case_rung": Rung.CHAIR, "request_waits": True, **more}
    data = SAMPLES[kind].stored()
    return Carried(1, kind, "stc", DAY, 1, None, 5, DUE_ON, data, task, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("kind", TRUE_IN)
def test_a_letter_about_a_task_holds_in_its_statuses(kind: LetterKind, status: TaskStatus) -> None:
    reason = obsolete(carried(kind, replace(TASK, status=status)))
    assert (reason is None) is (status in TRUE_IN[kind]), reason


def test_every_kind_is_told_of() -> None:
    assert set(TRUE_IN) | WITHOUT_A_TASK == set(K)


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("role", ["old_lead", "released"])
def test_who_is_out_of_a_task_hears_so_whatever_becomes_of_it(role: str, status: TaskStatus) -> None:
    told = Correction(role, (), "").stored()
    letter = replace(carried(K.CORRECTION, replace(TASK, status=status)), data=told)
    assert obsolete(letter) is None


@pytest.mark.parametrize("kind", [K.REMINDER, K.URGING, K.REVIEW, K.CROSSING])
def test_what_speaks_of_a_deadline_ends_with_it(kind: LetterKind) -> None:
    assert obsolete(carried(kind, replace(TASK, due_on=date(2022, 9, 30)))) == "thời hạn đã thay đổi"


@pytest.mark.parametrize("kind", [K.ESCALATION, K.ESCALATION_NOTICE])
@pytest.mark.parametrize(
    ("state", "rung", "holds"),
    [
        (CaseState.WAITING, Rung.CHAIR, True),
        (CaseState.WAITING, Rung.PROVINCE, False),
        (CaseState.DECIDED, Rung.CHAIR, False),
        (CaseState.LAPSED, Rung.CHAIR, False),
        (None, None, False),
    ],
)
def test_a_case_is_asked_about_where_it_stands(
    kind: LetterKind, state: CaseState | None, rung: Rung | None, holds: bool
) -> None:
    assert (obsolete(carried(kind, case_state=state, case_rung=rung)) is None) is holds


def test_a_request_and_a_paper_that_are_settled_are_asked_about_no_more() -> None:
    assert obsolete(carried(K.EXTENSION, request_waits=False)) is not None
    assert obsolete(carried(K.PAPER_DUE, None)) is None
    assert obsolete(carried(K.PAPER_DUE, None, overtaken=True)) is not None


def test_the_rows_tell_whether_a_request_waits_and_a_paper_is_out(engine: Engine) -> None:
    """The same from the database: asked in the evening, answered before the morning's letters left."""
    issue(move_in(engine), DATED)
    now = at("2022-08-16", "10:00")
    key = ask_extension(engine, 1, "Chờ số liệu", date(2022, 9, 9), act_on(engine, 1, Actor.LEAD, now))
    deliver(engine, by_clock(now, office()), settings(), Postman())
    [letter] = rows(engine, OutboxLetter, OutboxLetter.kind == K.EXTENSION)
    link = rows(engine, MessageLetter, MessageLetter.letter_id == letter.id)[0]
    with reading(engine) as session:
        [asked] = carried_by(session, link.message_id)
        assert obsolete(asked) is None
    decide_extension(engine, key, True, "", act(Actor.ASSIGNER, now))
    with reading(engine) as session:
        [asked] = carried_by(session, link.message_id)
        assert obsolete(asked) == "đề nghị gia hạn đã được trả lời hoặc đã rút"


def test_that_the_lead_took_another_date_is_told_though_nothing_waits_any_more(engine: Engine) -> None:
    """The request is answered by then: news, not a question."""
    issue(move_in(engine), DATED)
    now, postman = at("2022-08-16", "10:00"), Postman()
    key = ask_extension(engine, 1, "Chờ số liệu", date(2022, 9, 30), act_on(engine, 1, Actor.LEAD, now))
    counter_extension(engine, key, date(2022, 9, 9), "", act(Actor.ASSIGNER, now))
    deliver(engine, by_clock(now, office()), settings(), Postman())
    later = at("2022-08-16", "15:00")
    accept_counter(engine, key, act_on(engine, 1, Actor.LEAD, later))
    deliver(engine, by_clock(later, office()), settings(), postman)
    assert set(postman.take()) == SECRETARIAT_MAILS


def test_a_paper_that_went_out_is_not_asked_for(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(sqlite_engine, by_clock(at(day, "06:00"), office()))
    deliver(sqlite_engine, by_clock(at("2022-09-12", "09:00"), office()), settings(), Postman())
    [letter] = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == K.PAPER_DUE)
    link = rows(sqlite_engine, MessageLetter, MessageLetter.letter_id == letter.id)[0]
    for issued, holds in ((None, True), (date(2022, 9, 12), False)):
        change(sqlite_engine, UrgingPaper, 1, issued_on=issued, number="12/UBND" if issued else None)
        with reading(sqlite_engine) as session:
            [asked] = as_they_stand(session, carried_by(session, link.message_id))
            assert (obsolete(asked) is None) is holds
