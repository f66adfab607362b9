"""Every door asks who it is: an act for another body than the row's is refused, and nothing has changed.

Which combinations the rules refuse is tried in ``tests/rules/people``; here each noun's door is knocked at.
Seen to fail with a ``check`` left out of the door in question.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import Act, by_clock
from flows.actions.documents.discard import discard_draft, restore_draft
from flows.actions.documents.intake import issue_stored, make_ready, save_draft, store_draft
from flows.actions.documents.issue import publish
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import recall
from flows.actions.documents.supplement import supplement
from flows.actions.documents.take_back import take_back
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.papers import issue_paper
from flows.actions.reading.aliases import withdraw_alias
from flows.actions.tasks.answer import ACTIONS, Said, answer
from flows.actions.tasks.cooperate import accept_cooperation, ask_cooperation, contribute, release
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
    withdraw_extension,
)
from flows.actions.tasks.report import Report
from models.tables.tasks import Task, TaskEvent
from rules.draft import Span
from rules.refusal import NotAllowed
from rules.tasks.status import MOVES
from rules.vocabulary import Actor, Answer, EventKind, Fault, TaskStatus
from tests.cast import (
    CHAIR,
    FINANCE,
    PLANNING,
    SECRETARIAT,
    SHARED,
    TRADE,
    act,
    at,
    change,
    conclusion,
    directive,
    dump,
    issue,
    move_in,
    rows,
)
from tests.cast import office as the_office
from tests.flows.escalation.test_escalation import FORM

A, E = Actor, EventKind
NOW = at("2022-08-16")
LEAD, PARTNER, OTHER, STANDING = FINANCE, PLANNING, TRADE, PLANNING
Do = Callable[[Engine, Act], object]
ALIAS = "Ban QLDA ODA"
OTHER_PAPER = conclusion(directive(f"Giao {ALIAS} rà soát.", "bqlda1"), number="266/TB-UBND")
NAME = ((ALIAS, "bqlda1"),)
FORGOTTEN = replace(directive("Việc còn thiếu.", OTHER), span=Span(0, 0))


@pytest.fixture
def at_work(sqlite_engine: Engine) -> Engine:
    """Finance leads GN-0001, planning was asked to cooperate."""
    issue(move_in(sqlite_engine), SHARED)
    return sqlite_engine


def lead() -> Act:
    return act(A.LEAD, NOW, LEAD)


def office(body: str | None = None) -> Act:
    return act(A.SECRETARIAT, NOW, body)


def rung(body: str | None) -> Act:
    return replace(act(A.LEADER, NOW, body), capacity="Cơ quan thường trực")


def asked(engine: Engine) -> None:
    ask_extension(engine, 1, "Chờ.", date(2022, 9, 30), lead())


def countered(engine: Engine) -> None:
    asked(engine)
    counter_extension(engine, 1, date(2022, 9, 15), "", office())


def raised(engine: Engine) -> None:
    raise_case(engine, 1, FORM, lead())


def decided(engine: Engine) -> None:
    raised(engine)
    answer_case(engine, 1, Answer.RETURN, "Trả.", rung(STANDING))


def drafted(engine: Engine) -> None:
    """Document 2 is a draft."""
    store_draft(engine, OTHER_PAPER, "", office())


def ready(engine: Engine) -> None:
    drafted(engine)
    make_ready(engine, 2, 0, at("2022-08-17"), office())


def discarded(engine: Engine) -> None:
    """Document 2 was put away."""
    drafted(engine)
    discard_draft(engine, Paper(2, 0), office())


def named(engine: Engine) -> None:
    """Name 1 was confirmed with a draft."""
    drafted(engine)
    save_draft(engine, 2, 0, OTHER_PAPER, office(), NAME)


def urged(engine: Engine) -> None:
    """Paper 1 waits for its number, to be signed on 12/9/2022."""
    change(engine, Task, 1, due_on=date(2022, 9, 1))
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(engine, by_clock(at(day, "06:00"), the_office()))


def nothing(engine: Engine) -> None:
    """The office as it is."""


#: What is done, what was before, the act that may, and the bodies that may not in the same role.
DOORS: dict[str, tuple[Do, Callable[[Engine], None], Act, tuple[str | None, ...]]] = {
    "accept": (
        lambda e, a: accept_cooperation(e, 1, a, PARTNER),
        nothing,
        act(A.COOPERATING, NOW, PARTNER),
        (OTHER, LEAD, None),
    ),
    "accept as a member": (
        lambda e, a: accept_cooperation(e, 1, a, PARTNER),
        nothing,
        act(A.MEMBER, NOW, PARTNER),
        (OTHER, "tv-stc", None),
    ),
    "accept for the office": (
        lambda e, a: accept_cooperation(e, 1, a, PARTNER),
        nothing,
        office(),
        (PARTNER, LEAD),
    ),
    "contribute": (
        lambda e, a: contribute(e, 1, Report("Phần."), a, body=PARTNER),
        nothing,
        act(A.COOPERATING, NOW, PARTNER),
        (OTHER, LEAD, None),
    ),
    "ask a body": (
        lambda e, a: ask_cooperation(e, 1, [OTHER], a),
        nothing,
        office(SECRETARIAT),
        (LEAD, PARTNER, CHAIR),
    ),
    "release": (
        lambda e, a: release(e, 1, PARTNER, "Thôi.", a),
        nothing,
        act(A.LEADER, NOW, CHAIR),
        (LEAD, OTHER, SECRETARIAT),
    ),
    "ask for time": (
        lambda e, a: ask_extension(e, 1, "Chờ.", date(2022, 9, 30), a),
        nothing,
        lead(),
        (PARTNER, OTHER, None),
    ),
    "withdraw it": (lambda e, a: withdraw_extension(e, 1, a), asked, lead(), (PARTNER, OTHER, None)),
    "counter": (
        lambda e, a: counter_extension(e, 1, date(2022, 9, 15), "", a),
        asked,
        act(A.ASSIGNER, NOW, CHAIR),
        (LEAD, OTHER),
    ),
    "agree": (lambda e, a: decide_extension(e, 1, True, "", a), asked, office(), (LEAD, PARTNER)),
    "refuse it": (
        lambda e, a: decide_extension(e, 1, False, "Không.", a),
        asked,
        act(A.LEADER, NOW),
        (LEAD, OTHER),
    ),
    "take the other day": (lambda e, a: accept_counter(e, 1, a), countered, lead(), (PARTNER, None)),
    "raise": (lambda e, a: raise_case(e, 1, FORM, a), nothing, lead(), (PARTNER, OTHER, None)),
    "raise as a member": (
        lambda e, a: raise_case(e, 1, FORM, a),
        nothing,
        act(A.MEMBER, NOW, "tv-sct"),
        (OTHER, PARTNER, None),
    ),
    "answer": (
        lambda e, a: answer_case(e, 1, Answer.RETURN, "Trả.", a),
        raised,
        rung(STANDING),
        (CHAIR, LEAD, "ubnd-tinh"),
    ),
    "pass up": (lambda e, a: answer_case(e, 1, Answer.PASS_UP, "Lên.", a), raised, rung(None), (CHAIR, LEAD)),
    "take note": (lambda e, a: acknowledge(e, 1, a), decided, lead(), (PARTNER, None)),
    "recall": (lambda e, a: recall(e, Paper(1, 1), "Nhầm.", a), nothing, office(), (LEAD, CHAIR)),
    "add what was forgotten": (
        lambda e, a: supplement(e, Paper(1, 1), FORGOTTEN, "Sót.", a),
        nothing,
        office(),
        (LEAD, PARTNER, CHAIR),
    ),
    "issue at once": (lambda e, a: publish(e, OTHER_PAPER, a), nothing, office(), (LEAD, CHAIR)),
    "set the hour": (
        lambda e, a: make_ready(e, 2, 0, at("2022-08-17"), a),
        drafted,
        office(),
        (LEAD, CHAIR),
    ),
    "take back": (lambda e, a: take_back(e, 2, a), ready, office(), (LEAD, CHAIR)),
    "put away": (lambda e, a: discard_draft(e, Paper(2, 0), a), drafted, office(), (LEAD, CHAIR)),
    "bring back": (lambda e, a: restore_draft(e, 2, a), discarded, office(), (LEAD, CHAIR)),
    "issue what waits": (lambda e, a: issue_stored(e, 2, 1, a), ready, office(), (LEAD, CHAIR)),
    "remember a name": (
        lambda e, a: save_draft(e, 2, 0, OTHER_PAPER, a, NAME),
        drafted,
        office(),
        (LEAD, CHAIR),
    ),
    "forget a name": (lambda e, a: withdraw_alias(e, 1, a), named, office(), (LEAD, CHAIR)),
    "issue a paper": (
        lambda e, a: issue_paper(e, 1, "7/UBND", "Chánh Văn phòng", date(2022, 9, 12), a),
        urged,
        act(A.SECRETARIAT, at("2022-09-12", "09:00")),
        (LEAD, PARTNER, CHAIR),
    ),
}


@pytest.mark.parametrize("name", DOORS)
def test_a_door_knows_the_bodies_of_its_row(at_work: Engine, name: str) -> None:
    do, before, may, others = DOORS[name]
    before(at_work)
    kept = dump(at_work)
    for body in others:
        with pytest.raises(NotAllowed):
            do(at_work, may.of(body))
        assert dump(at_work) == kept, body
    do(at_work, may)
    assert dump(at_work) != kept


@pytest.mark.parametrize("actor", [A.LEAD, A.SECRETARIAT])
@pytest.mark.parametrize("event", [event for event in ACTIONS if event is not E.REASSIGNED])
def test_every_answer_of_a_task_is_of_its_bodies(at_work: Engine, event: EventKind, actor: Actor) -> None:
    rule, fits = MOVES[event], {A.LEAD: LEAD, A.SECRETARIAT: SECRETARIAT}
    if actor not in rule.actors:
        return
    source = min(rule.sources)
    change(at_work, Task, 1, status=source, paused_from=TaskStatus.ACCEPTED, paused_on=NOW.date())
    kept, said = dump(at_work), Said("Lời.", faults=(Fault.THIN,) if event is E.RETURNED else ())
    for body in (OTHER, PARTNER, fits[A.SECRETARIAT if actor is A.LEAD else A.LEAD]):
        with pytest.raises(NotAllowed, match="Chỉ "):
            answer(at_work, 1, event, act(actor, NOW, body), said)
    assert dump(at_work) == kept
    answer(at_work, 1, event, act(actor, NOW, fits[actor]), said)
    assert dump(at_work) != kept


@pytest.mark.parametrize("actor", [A.SECRETARIAT, A.CLOCK])
def test_what_is_opened_says_for_whom_it_was_given(at_work: Engine, actor: Actor) -> None:
    """The clock issues what the secretariat has set; else the body is that of the act."""
    ready(at_work)
    body = SECRETARIAT if actor is A.SECRETARIAT else None
    issue_stored(at_work, 2, 1, act(actor, at("2022-08-17"), body))
    [event] = rows(at_work, TaskEvent, TaskEvent.task_id == 2)
    assert (event.kind, event.actor, event.actor_agency_id) == (E.ASSIGNED, A.SECRETARIAT, body)
