"""The transition table: every move in it works, and there is no move outside it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.status import MOVES, RECORDED, NotAllowed, move, possible
from rules.vocabulary import AWAITED, CLOSED, Actor, EventKind, TaskStatus

S, E, A = TaskStatus, EventKind, Actor
EVERY_TRY = list(product(EventKind, TaskStatus, Actor))

#: (event, from, to, by whom): written out by hand from the design, not from the table.
ALLOWED = {
    *product([E.RECEIVED], [(S.ASSIGNED, S.ACCEPTED)], [A.LEAD, A.SECRETARIAT]),
    *product(
        [E.PROGRESS],
        [(s, S.IN_PROGRESS) for s in (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED)],
        [A.LEAD, A.SECRETARIAT],
    ),
    *product(
        [E.SUBMITTED],
        [(s, S.SUBMITTED) for s in (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED)],
        [A.LEAD, A.SECRETARIAT],
    ),
    *product([E.CONFIRMED], [(S.SUBMITTED, S.CONFIRMED)], [A.SECRETARIAT, A.LEADER]),
    *product([E.RETURNED], [(S.SUBMITTED, S.RETURNED)], [A.SECRETARIAT, A.LEADER]),
    (E.REFUSED, (S.ASSIGNED, S.REFUSED), A.LEAD),
    (E.REASSIGNED, (S.REFUSED, S.ASSIGNED), A.SECRETARIAT),
    *product(
        [E.WITHDRAWN],
        [
            (s, S.WITHDRAWN)
            for s in (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED, S.SUBMITTED, S.REFUSED, S.PAUSED)
        ],
        [A.SECRETARIAT, A.LEADER],
    ),
    *product(
        [E.ESCALATED],
        [(s, S.PAUSED) for s in (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED)],
        [A.LEAD, A.SECRETARIAT],
    ),
    *product([E.DECIDED], [(S.PAUSED, S.ACCEPTED)], [A.LEADER, A.SECRETARIAT]),
}


def test_the_table_is_the_design() -> None:
    found = set()
    for event, status, actor in EVERY_TRY:
        try:
            found.add((event, (status, move(event, status, actor, S.ACCEPTED)), actor))
        except NotAllowed:
            continue
    assert found == ALLOWED


@given(st.sampled_from(EVERY_TRY), st.sampled_from([None, *sorted(AWAITED)]))
def test_no_move_outside_the_table(attempt: tuple[E, S, A], paused_from: S | None) -> None:
    event, status, actor = attempt
    rule = MOVES.get(event)
    fits = rule is not None and status in rule.sources and actor in rule.actors
    if not fits:
        with pytest.raises(NotAllowed):
            move(event, status, actor, paused_from)
    else:
        assert move(event, status, actor, paused_from) is not status or event is E.PROGRESS


@given(st.sampled_from(EVERY_TRY))
def test_buttons_are_exactly_what_may_be_done(attempt: tuple[E, S, A]) -> None:
    event, status, actor = attempt
    try:
        move(event, status, actor, None)
        allowed = True
    except NotAllowed:
        allowed = False
    assert (event in possible(status, actor)) is allowed


@pytest.mark.parametrize("status", sorted(CLOSED))
@pytest.mark.parametrize("actor", Actor)
def test_nothing_opens_a_closed_task(status: S, actor: A) -> None:
    assert possible(status, actor) == ()


def test_the_clock_moves_nothing() -> None:
    assert all(possible(status, A.CLOCK) == () for status in S)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, S.IN_PROGRESS),
        (S.ASSIGNED, S.IN_PROGRESS),  # escalating it was accepting it
        (S.ACCEPTED, S.ACCEPTED),
        (S.IN_PROGRESS, S.IN_PROGRESS),
        (S.RETURNED, S.RETURNED),
    ],
)
def test_a_decision_resumes_where_the_pause_began(before: S | None, after: S) -> None:
    assert move(E.DECIDED, S.PAUSED, A.LEADER, before) is after


def test_every_event_is_a_move_or_a_record() -> None:
    assert set(MOVES) | RECORDED == set(EventKind)
    assert not set(MOVES) & RECORDED


def test_refusals_are_vietnamese_and_name_both_sides() -> None:
    with pytest.raises(NotAllowed, match="«Hoàn thành», không thể «Tiếp nhận»"):
        move(E.RECEIVED, S.CONFIRMED, A.LEAD, None)
    with pytest.raises(NotAllowed, match="Cơ quan chủ trì không có quyền «Xác nhận hoàn thành»"):
        move(E.CONFIRMED, S.SUBMITTED, A.LEAD, None)
