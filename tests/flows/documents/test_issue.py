"""Publishing: tasks, events and letters together or not at all; refusals change nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.documents.issue import AlreadyIssued, publish
from flows.actions.documents.publishable import PublishError
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskCooperation, TaskEvent
from rules.draft import Draft, DraftDirective, DraftDue, DueKind, Mark, Party, Span, Statement
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, DocumentState, EventKind, PartyRole, TaskStatus
from tests.cast import (
    DATED,
    DUE_ON,
    EVERY_KIND,
    FINANCE,
    ISSUED_ON,
    MONTHLY,
    OPEN_ENDED,
    PLANNING,
    RULE,
    TO_DISTRICTS,
    TO_MEMBERS,
    TO_UNREACHABLE,
    UNREACHABLE,
    act,
    at,
    by,
    conclusion,
    directive,
    dump,
    every,
    issue,
    move_in,
    rows,
)

DISTRICT_COUNT, MEMBER_COUNT = 11, 13  # of Sóc Trăng in 2022, by the shipped register


def test_haste_is_kept_and_hoa_toc_marks_the_tasks(sqlite_engine: Engine) -> None:
    hasty = directive("Khẩn trương rà soát, kịp thời báo cáo.", FINANCE, cooperate=[PLANNING])
    issue(move_in(sqlite_engine), hasty, OPEN_ENDED, urgent=True)
    assert [row.urgency for row in _read(sqlite_engine)] == ["khẩn trương, kịp thời", ""]
    assert [task.urgent for task in rows(sqlite_engine, Task)] == [True, True]
    assert {letter.urgent for letter in rows(sqlite_engine, OutboxLetter)} == {True}
    issue(sqlite_engine, DATED, number="266/TB-UBND")
    assert rows(sqlite_engine, Task)[-1].urgent is False


def test_each_kind_of_addressee_gets_its_tasks(engine: Engine) -> None:
    published = issue(move_in(engine), *EVERY_KIND)
    tasks = rows(engine, Task)
    owners = {
        row.id: [task.agency_id for task in tasks if task.directive_id == row.id] for row in _read(engine)
    }
    assert owners[1] == [FINANCE]
    assert len(owners[3]) == len(set(owners[3])) == DISTRICT_COUNT
    assert all(owner.startswith("ubnd-") for owner in owners[3])
    assert len(owners[4]) == len(set(owners[4])) == MEMBER_COUNT
    assert all(owner.startswith("tv-") for owner in owners[4])
    assert (owners[5], owners[6], owners[7]) == ([PLANNING], [], [UNREACHABLE])
    assert published.task_codes == tuple(f"GN-{task.id:04d}" for task in tasks)
    assert published.standing_rules == 1
    assert published.source == "Thông báo kết luận số 265/TB-UBND ngày 15/08/2022"


def test_a_task_is_born_with_its_event_and_its_letter(engine: Engine) -> None:
    issue(move_in(engine), *EVERY_KIND)
    tasks, events, letters = rows(engine, Task), rows(engine, TaskEvent), rows(engine, OutboxLetter)
    assert {task.status for task in tasks} == {TaskStatus.ASSIGNED}
    assert [(e.task_id, e.seq, e.kind, e.happened_on) for e in events] == [
        (task.id, 0, EventKind.ASSIGNED, ISSUED_ON) for task in tasks
    ]
    assigned = [x for x in letters if x.kind is LetterKind.ASSIGNMENT]
    assert [(x.key, x.task_id, x.agency_id) for x in assigned] == [
        (f"assignment:{task.id}", task.id, task.agency_id) for task in tasks
    ]
    asked = [x for x in letters if x.kind is not LetterKind.ASSIGNMENT]
    assert [(x.key, x.task_id, x.agency_id) for x in asked] == [(f"cooperation:1:{PLANNING}", 1, PLANNING)]
    assert {letter.state for letter in letters} == {LetterState.PENDING}
    assert {letter.not_before for letter in letters} == {at(ISSUED_ON)}


def test_deadlines_reviews_and_first_occurrences(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, OPEN_ENDED, MONTHLY)
    dated, open_ended, monthly = rows(sqlite_engine, Task)
    assert (dated.due_on, dated.original_due_on, dated.review_on) == (DUE_ON, DUE_ON, None)
    assert (open_ended.due_on, open_ended.review_on) == (None, date(2022, 9, 14))
    assert (monthly.due_on, monthly.occurrence, dated.occurrence) == (date(2022, 8, 25), 1, 0)


def test_cooperating_bodies_and_parties_as_named(engine: Engine) -> None:
    # The lead is not its own cooperator, and a collective cooperates body by body.
    joint = directive("Phối hợp.", FINANCE, cooperate=[PLANNING, FINANCE, "ven-bien"])
    issue(move_in(engine), joint, TO_DISTRICTS, RULE)
    helpers = [row.agency_id for row in rows(engine, TaskCooperation)]
    assert sorted(helpers) == sorted([PLANNING, "ubnd-vc", "ubnd-td", "ubnd-cld"])
    named = [(row.directive_id, row.role, row.agency_id) for row in rows(engine, DirectiveParty)]
    assert (1, PartyRole.COOPERATE, "ven-bien") in named
    assert (2, PartyRole.LEAD, "cap-huyen") in named
    assert (3, PartyRole.REPORT_TO, "truong-bcd") in named


def test_a_standing_rule_is_kept_without_a_task(sqlite_engine: Engine) -> None:
    published = issue(move_in(sqlite_engine), RULE)
    assert (published.task_codes, published.standing_rules) == ((), 1)
    [row] = _read(sqlite_engine)
    assert (row.standing_rule, row.escalation) == (True, True)
    assert rows(sqlite_engine, Task) == rows(sqlite_engine, OutboxLetter) == []


def test_after_hours_the_letters_wait_for_the_morning(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, clock="17:30")
    [letter] = rows(sqlite_engine, OutboxLetter)
    assert letter.not_before == at("2022-08-16", "07:30")


def test_the_document_says_when_it_was_issued(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    [document] = rows(sqlite_engine, Document)
    assert (document.state, document.issued_at) == (DocumentState.ISSUED, at(ISSUED_ON))
    assert document.identity == "so:ubnd-tinh:2022:265/tb-ubnd"


def _unknown(phrase: str) -> DraftDirective:
    return replace(DATED, lead=(Party(phrase=phrase, body_id=None),))


REFUSED: dict[str, tuple[Draft, str]] = {
    "no date": (conclusion(DATED, date=None), "chưa có ngày"),
    "no directive": (conclusion(), "Không có chỉ đạo nào"),
    "unknown body": (conclusion(DATED, _unknown("Sở Lạ")), "Chỉ đạo số 2 .*«Sở Lạ»"),
    "no lead": (conclusion(DATED, directive("Việc chung.")), "Chỉ đạo số 2 .*chưa có cơ quan chủ trì"),
    "empty collective": (conclusion(DATED, directive("Việc xã.", "cap-xa")), "chưa có thành viên nào"),
    "collective not yet there": (conclusion(directive("Việc.", "ct-xa-phuong")), "chưa có thành viên"),
    "date without a day": (
        conclusion(directive("Việc.", FINANCE, due=DraftDue(DueKind.DATE))),
        "chưa có ngày cụ thể",
    ),
    "unknown rhythm": (conclusion(directive("Việc.", FINANCE, due=every("đều đặn"))), "«đều đặn»"),
    "the same number": (
        conclusion(OPEN_ENDED, number="265/tb-ubnd"),
        "đã được phát hành lúc 08:00 ngày 15/08",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_refusal_leaves_the_database_as_it_was(sqlite_engine: Engine, why: str) -> None:
    issue(move_in(sqlite_engine), TO_MEMBERS)
    before = dump(sqlite_engine)
    draft, message = REFUSED[why]
    with pytest.raises(PublishError, match=message):
        publish(sqlite_engine, draft, act(Actor.SECRETARIAT, at("2022-08-16")))
    assert dump(sqlite_engine) == before


def test_a_late_failure_leaves_the_database_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_in(engine)
    before = dump(engine)

    def break_down(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("flows.actions.documents.issue.announce", break_down)
    with pytest.raises(RuntimeError):
        issue(engine, *EVERY_KIND)
    assert dump(engine) == before


def test_every_reason_is_given_at_once(sqlite_engine: Engine) -> None:
    draft = conclusion(_unknown("Sở Lạ"), directive("Việc xã.", "cap-xa"), date=None)
    with pytest.raises(PublishError) as refusal:
        publish(move_in(sqlite_engine), draft, act(Actor.SECRETARIAT, at(ISSUED_ON)))
    assert len(refusal.value.problems) == 3


def test_the_same_number_of_another_year_or_issuer_is_another_document(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    issue(sqlite_engine, DATED, issuer_id="tinhuy")
    issue(sqlite_engine, DATED, date=date(2021, 8, 15))
    assert len(rows(sqlite_engine, Document)) == 3


def test_without_a_number_the_text_is_the_identity(engine: Engine) -> None:
    issue(move_in(engine), DATED, number=None)
    before = dump(engine)
    with pytest.raises(AlreadyIssued, match="văn bản số 1 trong hệ thống"):
        issue(engine, DATED, number=None, text=DATED.text.upper() + "\n ")
    assert dump(engine) == before
    issue(engine, OPEN_ENDED, number=None)
    assert len(rows(engine, Document)) == 2


def test_members_of_a_day_are_those_of_the_document(sqlite_engine: Engine) -> None:
    # Read on 1/8/2025 the districts are no more; a draft dated then is refused, not issued to nobody.
    with pytest.raises(PublishError, match="chưa có thành viên nào"):
        publish(
            move_in(sqlite_engine),
            conclusion(replace(TO_DISTRICTS, due=by(date(2025, 9, 1))), date=date(2025, 8, 1)),
            act(Actor.SECRETARIAT, at("2025-08-01")),
        )


def test_a_body_without_contact_still_gets_its_task(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), TO_UNREACHABLE)
    [task] = rows(sqlite_engine, Task)
    assert task.agency_id == UNREACHABLE


def test_a_body_named_twice_gets_one_task(sqlite_engine: Engine) -> None:
    twice = directive("Việc.", FINANCE, "so-nganh", FINANCE, due=by(DUE_ON))
    issue(move_in(sqlite_engine), twice)
    owners = [task.agency_id for task in rows(sqlite_engine, Task)]
    assert owners[0] == FINANCE
    assert len(owners) == len(set(owners)) > 10


def _read(engine: Engine) -> list[Directive]:
    return rows(engine, Directive, sa.true())


def test_a_directive_taken_out_of_a_file_is_no_task_in_what_is_kept(sqlite_engine: Engine) -> None:
    draft = conclusion(DATED)
    spans = (draft.directives[0].span, Span(10_000, 10_010))  # the second is in nobody's directive any more
    told = tuple(Statement(span, Mark.DIRECTIVE, "Nhiệm vụ", "directive") for span in spans)
    publish(move_in(sqlite_engine), replace(draft, statements=told), act(Actor.SECRETARIAT, at(ISSUED_ON)))
    [document] = rows(sqlite_engine, Document)
    assert [one["mark"] for one in document.draft["statements"]] == ["directive", "no_task"]
