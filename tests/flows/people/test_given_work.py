"""Whoever would get work after the issue must be able to do it: one question at every door.

Seen to fail: a door's cases when it does not call ``check_given_work``; "its last day" when ``can_work``
asks ``covers`` alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.supplement import supplement
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.cooperate import ask_cooperation
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.handing_over.hand_over import preview_hand_over
from models.db import reading
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from models.tasks.corrected_tasks import reading_of
from rules.draft import Span
from rules.outbox.payloads.keys import LetterKind
from rules.people.bodies import COLLECTIVE, why_no_work
from rules.refusal import NotAllowed, NotFound
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    FINANCE,
    MONTHLY,
    PLANNING,
    TRADE,
    act,
    act_on,
    at,
    change,
    directive,
    dump,
    issue,
    move_in,
    office,
    rows,
)
from tests.flows.deadlines.test_first_deadlines import two_hops

NOW, TODAY, BY = at("2022-08-17", "10:00"), date(2022, 8, 17), Actor.SECRETARIAT
Door = Callable[[Engine, str], object]


def corrected(engine: Engine, **fields: Any) -> int:
    with reading(engine) as session:
        wanted = replace(reading_of(session, session.get_one(Task, 1)), **fields)
    return correct(engine, Seen(1, 0), wanted, "Đọc nhầm.", act(BY, NOW))


def added(engine: Engine, **parties: Any) -> tuple[str, ...]:
    lead = parties.pop("lead", PLANNING)
    return extra(engine, replace(directive("Rà soát.", lead, **parties), span=Span(0, 0)))


def extra(engine: Engine, what: Any) -> tuple[str, ...]:
    return supplement(engine, Paper(1, 1), replace(what, span=Span(0, 0)), "Bỏ sót.", act(BY, NOW))


DOORS: dict[str, Door] = {
    "a corrected lead": lambda engine, body: corrected(engine, lead=body),
    "a corrected partner": lambda engine, body: corrected(engine, cooperating=frozenset({body})),
    "a hand-over": lambda engine, body: preview_hand_over(engine, FINANCE, body, NOW),
    "a partner that is asked": lambda engine, body: ask_cooperation(
        engine, 1, [body], act_on(engine, 1, BY, NOW)
    ),
    "the lead of what is added": lambda engine, body: added(engine, lead=body),
    "a partner in what is added": lambda engine, body: added(engine, cooperate=[body]),
}
#: Collectives stand for their members in a directive that is added, as at the issue.
EXPANDS = ("the lead of what is added", "a partner in what is added")
STATES: dict[str, tuple[dict[str, Any], str]] = {
    "ended": ({"valid_to": date(2022, 8, 10)}, "kết thúc hoạt động ngày 10/08/2022 nên không nhận thêm việc"),
    "its last day": ({"valid_to": TODAY}, "kết thúc hoạt động ngày 17/08/2022 nên không nhận thêm việc"),
    "not begun": ({"valid_from": date(2022, 9, 1)}, "đến ngày 01/09/2022 mới hoạt động"),
    "a collective": ({"kind": COLLECTIVE}, "là một nhóm cơ quan"),
}


@pytest.fixture
def at_work(sqlite_engine: Engine) -> Engine:
    """GN-0001 is Finance's; the others are free."""
    issue(move_in(sqlite_engine), DATED)
    return sqlite_engine


@pytest.mark.parametrize("door", DOORS)
def test_who_cannot_work_today_is_given_none(at_work: Engine, door: str) -> None:
    for name, (values, words) in STATES.items():
        if name == "a collective" and door in EXPANDS:
            continue
        blank: dict[str, Any] = {"valid_from": None, "valid_to": None, "kind": "so"}
        change(at_work, Agency, TRADE, **{**blank, **values})
        before = dump(at_work)
        with pytest.raises(NotAllowed, match=words):
            DOORS[door](at_work, TRADE)
        assert dump(at_work) == before
    with pytest.raises((NotFound, NotAllowed), match="không-có"):
        DOORS[door](at_work, "không-có")


@pytest.mark.parametrize("door", DOORS)
def test_who_can_work_gets_it(at_work: Engine, door: str) -> None:
    change(at_work, Agency, TRADE, valid_from=TODAY, valid_to=date(2022, 8, 18))
    DOORS[door](at_work, TRADE)


def test_whoever_would_sum_up_must_be_there_too(at_work: Engine) -> None:
    change(at_work, Agency, FINANCE, valid_to=TODAY)
    before = dump(at_work)
    with pytest.raises(NotAllowed, match="Sở Tài chính kết thúc hoạt động"):
        extra(at_work, two_hops(TRADE, PLANNING))
    assert dump(at_work) == before


def test_a_duty_does_not_go_on_at_a_body_on_its_last_day(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), MONTHLY)
    change(sqlite_engine, Agency, PLANNING, valid_to=date(2022, 8, 25))
    assert open_next_occurrences(sqlite_engine, by_clock(at("2022-08-25"), office())).codes == ()
    change(sqlite_engine, Agency, PLANNING, valid_to=date(2022, 8, 26))
    assert open_next_occurrences(sqlite_engine, by_clock(at("2022-08-25"), office())).codes == ("GN-0002",)
    assert rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == LetterKind.BODY_ENDED) == []


def test_every_body_that_cannot_is_named(at_work: Engine) -> None:
    for body in (TRADE, PLANNING):
        change(at_work, Agency, body, valid_to=TODAY)
    with pytest.raises(NotAllowed, match=r"Sở Công Thương.*Sở Kế hoạch"):
        ask_cooperation(at_work, 1, [TRADE, PLANNING], act_on(at_work, 1, BY, NOW))


def test_the_reason_is_a_sentence_or_nothing() -> None:
    assert why_no_work("Sở A", "so", None, None, TODAY) == ""
    assert why_no_work("Sở A", "so", date(2022, 1, 1), date(2022, 1, 31), TODAY).endswith(
        "cơ quan tiếp nhận."
    )
