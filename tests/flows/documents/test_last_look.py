"""The last look says what publishing then does, to the letter, and changes nothing."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.last_look import LastLook, last_look
from flows.actions.documents.publishable import PublishError
from models.db import reading, unit_of_work
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from rules.calendar.workdays import NoCalendar
from rules.draft import Doubt, Draft, Mark, Span, Statement
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    EVERY_KIND,
    FINANCE,
    FINANCE_MAIL,
    ISSUED_ON,
    OPEN_ENDED,
    PLANNING,
    RULE,
    SHARED,
    TO_UNREACHABLE,
    TRADE,
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
from tests.flows.deadlines.test_awaited_events import waits

NOW = at(ISSUED_ON)


def look(engine: Engine, draft: Draft) -> LastLook:
    with reading(engine) as session:
        return last_look(session, draft, act(Actor.SECRETARIAT, NOW))


def test_it_says_what_is_then_done(engine: Engine) -> None:
    kinds = (*EVERY_KIND, waits("Triển khai đề án.", FINANCE))
    before = dump(move_in(engine))
    found = look(engine, conclusion(*kinds))
    assert dump(engine) == before
    published = issue(engine, *kinds)
    tasks = rows(engine, Task)
    assert len(found.tasks) == len(published.task_codes) == len(tasks)
    assert found.letters == len(rows(engine, OutboxLetter))
    for body in found.bodies:
        mine = sorted(str(row.due_on) for row in tasks if row.agency_id == body.agency_id)
        assert sorted(str(task.due_on) for task in body.tasks) == mine, body.name
        written = [row for row in rows(engine, OutboxLetter) if row.agency_id == body.agency_id]
        assert body.letters == len(written), body.name
    assert found.earliest is not None
    assert found.earliest.due_on == min(row.due_on for row in tasks if row.due_on)
    assert found.standing_rules == published.standing_rules == 1
    assert found.source == published.source


def test_two_hops_and_receipts_are_foreseen(engine: Engine) -> None:
    text = "Gửi số liệu về Sở Tài chính để tổng hợp, báo cáo UBND tỉnh trước ngày 30/09/2022."
    hops = directive(text, TRADE, PLANNING, due=by(date(2022, 9, 30)), report_to=[FINANCE])
    found = look(move_in(engine), conclusion(hops))
    issue(engine, hops)
    kept = sorted((row.agency_id, row.due_on) for row in rows(engine, Task))
    assert sorted((b.agency_id, task.due_on) for b in found.bodies for task in b.tasks) == kept
    assert len({task.due_on for task in found.tasks}) == 2


def test_bodies_without_a_usable_address_are_named(engine: Engine) -> None:
    draft = conclusion(SHARED, TO_UNREACHABLE)
    found = look(move_in(engine), draft)
    [missing] = [body for body in found.bodies if not body.reachable]
    assert missing.agency_id == UNREACHABLE
    assert found.unreachable == [missing.name]
    with unit_of_work(engine) as session:  # a mark on the only address, too
        every_one = sa.update(ContactAddress)
        session.execute(every_one.where(ContactAddress.url == FINANCE_MAIL).values(unusable_since=ISSUED_ON))
        session.execute(every_one.where(ContactAddress.url != FINANCE_MAIL).values(withdrawn=True))
    assert {body.agency_id for body in look(engine, draft).bodies if not body.reachable} == {
        FINANCE, PLANNING, UNREACHABLE,
    }  # fmt: skip


def test_what_is_worth_a_second_look(sqlite_engine: Engine) -> None:
    over = replace(DATED, due=by(date(2022, 8, 12)))
    twin = replace(OPEN_ENDED, text="Rà  soát, củng cố các HỢP TÁC XÃ yếu kém")
    draft = conclusion(over, OPEN_ENDED, RULE, twin, date=date(2022, 8, 10))
    aside = Statement(Span(9000, 9010), Mark.ORIENTATION, "mục tiêu", "goal")
    found = look(move_in(sqlite_engine), replace(draft, statements=(aside,), doubts=(Doubt("text", "?"),)))
    assert (found.over, found.days_ahead, found.twins) == (1, -5, ((2, 4),))
    assert found.asides == {Mark.ORIENTATION: 1}
    assert [question.words for question in found.questions] == ["?"]
    assert [task.over for task in found.tasks if task.due_on] == [True]


def test_the_same_words_to_another_body_are_no_twin(sqlite_engine: Engine) -> None:
    other = directive(OPEN_ENDED.text, FINANCE)
    assert look(move_in(sqlite_engine), conclusion(OPEN_ENDED, other)).twins == ()


def test_the_mark_changes_with_what_is_shown(sqlite_engine: Engine) -> None:
    first = look(move_in(sqlite_engine), conclusion(DATED))
    assert look(sqlite_engine, conclusion(DATED)).mark == first.mark
    assert look(sqlite_engine, conclusion(SHARED)).mark != first.mark
    with unit_of_work(sqlite_engine) as session:
        session.execute(sa.update(ContactAddress).values(withdrawn=True))
    assert look(sqlite_engine, conclusion(DATED)).mark != first.mark


def test_what_cannot_be_published_is_said_with_every_reason(engine: Engine) -> None:
    homeless = replace(DATED, lead=())
    with pytest.raises(PublishError) as refused:
        look(move_in(engine), conclusion(homeless, homeless, date=None))
    assert len(refused.value.problems) == 3
    issue(engine, DATED)
    with pytest.raises(AlreadyIssued):
        look(engine, conclusion(DATED))
    far = directive("Báo cáo hằng tháng.", FINANCE, due=every("monthly"))
    with pytest.raises(NoCalendar), reading(engine) as session:
        last_look(
            session,
            conclusion(far, number="9/TB", date=date(2035, 1, 2)),
            act(Actor.SECRETARIAT, at("2035-01-02")),
        )
