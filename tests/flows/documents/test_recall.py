"""A whole document is taken back: nothing of it is owed, awaited, recurring, urged or said any more."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.deadlines.awaited_events import record_event
from flows.actions.documents.intake import save_draft
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import Recall, preview_recall, recall
from flows.actions.documents.take_back import take_back
from flows.actions.escalation.escalate import raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.db import reading
from models.deadlines.awaited import awaited_events, count_awaited
from models.facts import standing_rules
from models.tables.cases import EscalationCase
from models.tables.documents import Document, DocumentEvent
from models.tables.extensions import ExtensionRequest
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from models.tasks.corrected_tasks import reading_of
from notifications.delivery.deliver import deliver
from rules.draft import DraftDue, DueKind
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, Refusal
from rules.vocabulary import (
    Actor,
    CaseState,
    DocumentMove,
    DocumentState,
    EventKind,
    ExtensionState,
    TaskStatus,
)
from tests.cast import (
    FINANCE,
    MONTHLY,
    OPEN_ENDED,
    PLANNING,
    RULE,
    SHARED,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    conclusion,
    directive,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.flows.tasks.test_replay import check_history
from tests.machine.watch import AWAY

A, K, S = Actor, LetterKind, TaskStatus
NOW, WHY = at("2022-08-17", "10:00"), "Ban hành nhầm bản chưa ký."
EVENT = DraftDue(
    DueKind.NONE, phrase="trong 05 ngày kể từ ngày đề án được phê duyệt", anchor="event",
    event="đề án được phê duyệt",
)  # fmt: skip
WAITS = directive("Trình đề án.", FINANCE, due=EVENT)


@pytest.fixture
def issued(engine: Engine) -> Engine:
    """Finance 1 (planning cooperates), trade 2, planning 3 (monthly), finance 4 (awaits an event)."""
    issue(move_in(engine), SHARED, OPEN_ENDED, MONTHLY, RULE, WAITS)
    return engine


def take(engine: Engine, version: int = 1, reason: str = WHY) -> Recall:
    return recall(engine, Paper(1, version), reason, act(A.SECRETARIAT, NOW))


def told(engine: Engine) -> dict[str, list[int]]:
    found = rows(engine, OutboxLetter, OutboxLetter.kind == K.RECALLED)
    return {row.agency_id: row.data["task_ids"] for row in found}


def test_its_tasks_are_withdrawn_and_each_body_gets_one_letter(issued: Engine) -> None:
    before = dump(issued)
    seen = preview_recall(issued, 1)
    assert dump(issued) == before
    assert take(issued) == seen
    assert seen == Recall(("GN-0001", "GN-0002", "GN-0003", "GN-0004"), (TRADE, PLANNING, FINANCE))
    assert {row.status for row in rows(issued, Task)} == {S.WITHDRAWN}
    assert told(issued) == {FINANCE: [1, 4], PLANNING: [1, 3], TRADE: [2]}
    event = rows(issued, TaskEvent, TaskEvent.task_id == 2)[-1]
    assert (event.kind, event.note.endswith(f"Lý do: {WHY}")) == (EventKind.WITHDRAWN, True)
    [document] = rows(issued, Document)
    assert (document.state, document.identity, document.version) == (DocumentState.RECALLED, None, 2)
    move = rows(issued, DocumentEvent)[-1]
    assert (move.kind, move.seq, move.note) == (DocumentMove.RECALLED, 2, WHY)
    check_history(issued)


def test_a_body_that_is_out_still_hears_of_it(issued: Engine) -> None:
    """Finance has its assignment; that trade leads instead is told to it, the document taken back or not."""
    with reading(issued) as session:
        said = reading_of(session, session.get_one(Task, 4))
    wanted = replace(said, lead=TRADE)
    correct(issued, Seen(4, 0), wanted, "Ghi nhầm.", act(A.SECRETARIAT, at("2022-08-16", "20:00")))
    take(issued)
    out = rows(issued, OutboxLetter, OutboxLetter.kind == K.CORRECTION, OutboxLetter.agency_id == FINANCE)
    assert [letter.state for letter in out] == [LetterState.PENDING]


def test_its_letters_do_not_leave_and_the_one_that_does_names_all(issued: Engine) -> None:
    take(issued)
    waiting = rows(issued, OutboxLetter, OutboxLetter.state == LetterState.PENDING)
    assert {row.kind for row in waiting} == {K.RECALLED}
    postman = Postman()
    deliver(issued, by_clock(NOW, office()), settings(), postman)
    to_finance = [parcel for url, parcel in postman.carried if "van-thu@stc." in url]
    assert len(to_finance) == 1
    assert "GN-0001" in to_finance[0].letter.text
    assert "GN-0004" in to_finance[0].letter.text
    assert WHY in to_finance[0].letter.text


def test_what_was_on_its_way_is_dropped_at_sending(issued: Engine) -> None:
    """The assignments have become messages that the mail server did not take; then comes the recall."""
    early = by_clock(at("2022-08-15", "08:05"), office())
    deliver(issued, early, settings(), Postman({"smtpmail://": AWAY}))
    take(issued)
    postman = Postman()
    for clock in ("10:00", "11:00"):
        deliver(issued, by_clock(at("2022-08-17", clock), office()), settings(), postman)
    subjects = {parcel.letter.subject for _, parcel in postman.carried}
    assert subjects
    assert all("Thu hồi" in subject for subject in subjects)


def test_what_waited_lapses_and_what_was_done_stays_done(issued: Engine) -> None:
    ask_extension(issued, 1, "Chờ số liệu", date(2022, 9, 30), act_on(issued, 1, A.LEAD, NOW))
    raise_case(issued, 2, FORM, act_on(issued, 2, A.LEAD, NOW))
    answer(issued, 3, EventKind.SUBMITTED, act_on(issued, 3, A.LEAD, NOW), Said("Xong."))
    answer(issued, 3, EventKind.CONFIRMED, act(A.SECRETARIAT, NOW))
    plan = preview_hand_over(issued, FINANCE, PLANNING, NOW, [4])
    hand_over(issued, plan, "NQ 202", "", act(Actor.SECRETARIAT, NOW, capacity="x"))
    assert take(issued).task_codes == ("GN-0001", "GN-0002", "GN-0005")
    assert rows(issued, ExtensionRequest)[0].state is ExtensionState.WITHDRAWN
    assert rows(issued, EscalationCase)[0].state is CaseState.LAPSED
    assert [task(issued, key).status for key in (3, 4, 5)] == [S.CONFIRMED, S.HANDED_OVER, S.WITHDRAWN]
    check_history(issued)


def test_nothing_of_it_comes_back(issued: Engine) -> None:
    answer(issued, 3, EventKind.SUBMITTED, act_on(issued, 3, A.LEAD, NOW), Said("Xong."))
    answer(issued, 3, EventKind.CONFIRMED, act(A.SECRETARIAT, NOW))
    take(issued)
    assert (
        open_next_occurrences(issued, by_clock(at("2022-09-26"), office())).codes == ()
    )  # though the last one was done
    assert not any(daily_follow_up(issued, by_clock(at("2022-09-26", "07:00"), office())).counts.values())
    with reading(issued) as session:
        assert standing_rules(session) == []
        assert (awaited_events(session), count_awaited(session)) == ([], (0, 0))
    with pytest.raises(NotAllowed, match="đã được thu hồi"):
        record_event(issued, 1, date(2022, 9, 5), act(Actor.SECRETARIAT, at("2022-09-06")))


def test_the_right_paper_is_issued_under_the_same_number(issued: Engine) -> None:
    with pytest.raises(AlreadyIssued):
        issue(issued, replace(SHARED, due=OPEN_ENDED.due))
    take(issued)
    again = issue(issued, SHARED, on=date(2022, 8, 18))
    assert again.document_id > 1
    with pytest.raises(AlreadyIssued):
        issue(issued, SHARED)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_not_without_a_reason(issued: Engine, reason: str) -> None:
    before = dump(issued)
    with pytest.raises(NotAllowed, match="«Thu hồi» cần ghi nội dung"):
        take(issued, reason=reason)
    assert dump(issued) == before


def test_the_second_of_two_is_told(issued: Engine) -> None:
    with pytest.raises(NotAllowed, match="vừa được người khác bổ sung"):
        take(issued, version=0)
    take(issued)
    before = dump(issued)
    with pytest.raises(NotAllowed, match="đã được thu hồi"):
        take(issued)
    assert dump(issued) == before


def test_a_recalled_paper_is_no_draft(issued: Engine) -> None:
    take(issued)
    before = dump(issued)
    with pytest.raises(Refusal):
        save_draft(issued, 1, 2, conclusion(SHARED), act(Actor.SECRETARIAT, NOW))
    with pytest.raises(AlreadyIssued):
        take_back(issued, 1, act(Actor.SECRETARIAT, NOW))
    assert dump(issued) == before
