"""A forgotten directive is added to an issued document: given out, announced, counted as read past."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.deadlines.awaited_events import record_event
from flows.actions.documents.intake import store_draft, stored_draft
from flows.actions.documents.issue import publish
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.supplement import supplement
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.reading.correction_log import judged_readings
from models.db import reading
from models.tables.documents import Directive, DirectiveParty, Document, DocumentEvent
from models.tables.learned import ReadingCorrection
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from rules.draft import DraftDirective, DraftDue, DueKind, Mark, Span, Statement
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import Actor, CorrectionField, DocumentMove, EventKind
from tests.cast import (
    DATED,
    DISTRICTS,
    FINANCE,
    ON_SQLITE,
    PLANNING,
    RULE,
    TRADE,
    act,
    at,
    by,
    conclusion,
    directive,
    dump,
    every,
    issue,
    move_in,
    office,
    rows,
)
from tests.flows.tasks.test_replay import check_history

NOW, WHY = at("2022-08-17", "10:00"), "Bỏ sót khi đọc."
FORGOTTEN = "Hướng dẫn hợp tác xã tiêu thụ sản phẩm."
TEXT = f"{DATED.text}\n{FORGOTTEN}"
SPAN = Span(len(DATED.text) + 1, len(TEXT))
MISSED = replace(directive(FORGOTTEN, TRADE, cooperate=[PLANNING], due=by(date(2022, 9, 30))), span=SPAN)


@pytest.fixture
def issued(engine: Engine) -> Engine:
    """Document 1 with one directive, whose text has another sentence that nobody was given."""
    aside = Statement(SPAN, Mark.NO_TASK, "Không phát sinh nhiệm vụ", "rule")
    draft = replace(conclusion(DATED, text=TEXT), statements=(aside,))
    publish(move_in(engine), draft, act(Actor.SECRETARIAT, at("2022-08-15")))
    return engine


def add(engine: Engine, what: DraftDirective = MISSED, version: int = 1) -> tuple[str, ...]:
    return supplement(engine, Paper(1, version), what, WHY, act(Actor.SECRETARIAT, NOW))


def test_it_is_given_out_as_at_the_issue(issued: Engine) -> None:
    assert add(issued) == ("GN-0002",)
    [_, row] = rows(issued, Directive)
    assert (row.ordinal, row.text, row.span_start, row.span_end) == (2, FORGOTTEN, SPAN.start, SPAN.end)
    parties = rows(issued, DirectiveParty, DirectiveParty.directive_id == row.id)
    assert {party.agency_id for party in parties} == {TRADE, PLANNING}
    [_, new] = rows(issued, Task)
    assert (new.agency_id, new.due_on, new.assigned_on) == (TRADE, date(2022, 9, 30), date(2022, 8, 17))
    letters = rows(issued, OutboxLetter, OutboxLetter.task_id == new.id)
    assert [(one.kind, one.agency_id) for one in letters] == [
        (LetterKind.ASSIGNMENT, TRADE), (LetterKind.COOPERATION, PLANNING),
    ]  # fmt: skip
    [event] = rows(issued, TaskEvent, TaskEvent.task_id == new.id)
    assert event.kind is EventKind.ASSIGNED
    check_history(issued)


def test_the_document_says_so_and_its_account_too(issued: Engine) -> None:
    add(issued)
    event = rows(issued, DocumentEvent)[-1]
    assert (event.kind, event.seq, event.note) == (DocumentMove.SUPPLEMENTED, 2, WHY)
    with reading(issued) as session:
        document, draft = stored_draft(session, 1)
    assert (document.version, len(draft.directives)) == (2, 2)
    assert [statement.mark for statement in draft.statements] == [Mark.DIRECTIVE]


def test_the_reading_report_counts_it_as_read_past(issued: Engine) -> None:
    add(issued)
    [row] = rows(issued, ReadingCorrection)
    assert (row.field, row.ordinal, row.before) == (CorrectionField.ADDED, 2, None)
    assert row.after["text"] == FORGOTTEN
    with reading(issued) as session:
        [judged] = judged_readings(session, None, None)
    assert [one.field for one in judged.corrections] == [CorrectionField.ADDED]


def test_everything_that_the_issue_knows(issued: Engine) -> None:
    """A collective, a recurring duty, an awaited event, a standing rule, words that the text has not."""
    assert len(add(issued, replace(directive("Rà soát.", DISTRICTS), span=Span(0, 0)))) > 5
    monthly = replace(
        directive("Báo cáo hằng tháng.", PLANNING, due=every("monthly day 25")), span=Span(0, 0)
    )
    [duty] = add(issued, monthly, 2)
    opened = open_next_occurrences(issued, by_clock(at("2022-08-25"), office())).codes
    assert len(opened) == 1
    assert duty not in opened
    after = DraftDue(DueKind.NONE, phrase="trong 05 ngày làm việc kể từ ngày đề án được phê duyệt",
                     anchor="event", event="đề án được phê duyệt")  # fmt: skip
    waits = replace(directive("Trình đề án.", FINANCE, due=after), span=Span(0, 0))
    add(issued, waits, 3)
    assert len(record_event(issued, 1, date(2022, 9, 5), act(Actor.SECRETARIAT, at("2022-09-06"))).dated) == 1
    assert add(issued, RULE, 4) == ()
    assert [row.ordinal for row in rows(issued, Directive)] == [1, 2, 3, 4, 5]
    check_history(issued)


@ON_SQLITE
def test_what_cannot_be_given_out_changes_nothing(issued: Engine) -> None:
    before = dump(issued)
    for wrong, words in (
        (replace(MISSED, lead=()), "chưa có cơ quan chủ trì"),
        (replace(MISSED, due=by(date(2022, 8, 1))), "ở trước ngày văn bản"),
        (DATED, "Câu này đã là chỉ đạo số 1"),
    ):
        with pytest.raises(NotAllowed, match=words):
            add(issued, wrong)
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        supplement(issued, Paper(1, 1), MISSED, " ", act(Actor.SECRETARIAT, NOW))
    for key in (9, 10**30):
        with pytest.raises(NotFound):
            supplement(issued, Paper(key, 1), MISSED, WHY, act(Actor.SECRETARIAT, NOW))
    assert dump(issued) == before


def test_a_sentence_of_which_one_body_was_read_past(issued: Engine) -> None:
    assert add(issued, replace(DATED, lead=MISSED.lead)) == ("GN-0002",)


def test_the_second_of_two_is_told(issued: Engine) -> None:
    add(issued)
    before = dump(issued)
    with pytest.raises(Overtaken, match="vừa được người khác bổ sung"):
        add(issued, replace(MISSED, text="Việc khác.", span=Span(0, 0)))
    assert dump(issued) == before


@ON_SQLITE
def test_not_to_a_draft(engine: Engine) -> None:
    store_draft(move_in(engine), conclusion(DATED), "", act(Actor.SECRETARIAT, NOW))
    with pytest.raises(NotAllowed, match="chưa được phát hành"):
        add(engine, version=0)
    assert rows(engine, Document)[0].version == 0


@ON_SQLITE
def test_an_urgent_paper_stays_urgent(engine: Engine) -> None:
    issue(move_in(engine), DATED, urgent=True)
    add(engine, replace(MISSED, span=Span(0, 0)))
    assert rows(engine, Task)[-1].urgent
    letters = rows(engine, OutboxLetter, OutboxLetter.task_id == 2)
    assert {letter.not_before for letter in letters} == {NOW}
