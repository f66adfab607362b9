"""The transition table: every move in it works, and there is no move outside it."""

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.refusal import NotAllowed
from rules.tasks.status import MOVES, RECORDS, move, possible
from rules.vocabulary import AWAITED, CLOSED, Actor, EventKind, TaskStatus

S, E, A = TaskStatus, EventKind, Actor
EVERY_TRY = list(product(EventKind, TaskStatus, Actor))

OWING = (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED)
STILL_OPEN = (*OWING, S.SUBMITTED, S.REFUSED, S.PAUSED)
OFFICE = (A.SECRETARIAT, A.ASSIGNER, A.LEADER)


def _stays(event: E, sources: Iterable[S], *actors: A) -> set[tuple[E, tuple[S, S], A]]:
    return set(product([event], [(status, status) for status in sources], actors))


def _goes(event: E, sources: Iterable[S], target: S, *actors: A) -> set[tuple[E, tuple[S, S], A]]:
    return set(product([event], [(status, target) for status in sources], actors))


#: (event, from, to, by whom): written out by hand from the design, not from the table.
ALLOWED = {
    *_goes(E.RECEIVED, [S.ASSIGNED], S.ACCEPTED, A.LEAD, A.SECRETARIAT),
    *_goes(E.PROGRESS, OWING, S.IN_PROGRESS, A.LEAD, A.SECRETARIAT),
    *_goes(E.SUBMITTED, OWING, S.SUBMITTED, A.LEAD, A.SECRETARIAT),
    *_goes(E.CONFIRMED, [S.SUBMITTED], S.CONFIRMED, *OFFICE),
    *_goes(E.REOPENED, [S.CONFIRMED], S.SUBMITTED, *OFFICE),
    *_goes(E.RETURNED, [S.SUBMITTED], S.RETURNED, *OFFICE),
    *_goes(E.REFUSED, [S.ASSIGNED, S.ACCEPTED], S.REFUSED, A.LEAD),
    *_goes(E.REASSIGNED, [S.REFUSED], S.ASSIGNED, A.SECRETARIAT, A.ASSIGNER),
    *_goes(E.WITHDRAWN, STILL_OPEN, S.WITHDRAWN, *OFFICE),
    *_goes(E.HANDED_OVER, STILL_OPEN, S.HANDED_OVER, A.SECRETARIAT, A.ASSIGNER),
    *_goes(E.ESCALATED, OWING, S.PAUSED, A.LEAD, A.MEMBER, A.SECRETARIAT),
    *_goes(E.PAUSED, OWING, S.PAUSED, *OFFICE),
    *_goes(E.DECIDED, [S.PAUSED], S.ACCEPTED, A.LEADER, A.SECRETARIAT),
    *_goes(E.RESUMED, [S.PAUSED], S.ACCEPTED, *OFFICE),
    *_stays(E.TAKEN_OVER, STILL_OPEN, A.SECRETARIAT, A.ASSIGNER),
    *_stays(E.URGED, OWING, A.CLOCK, A.SECRETARIAT),
    *_stays(E.REVIEWED, OWING, A.CLOCK),
    *_stays(E.CROSSED, OWING, A.CLOCK),
    *_stays(E.CLIMBED, STILL_OPEN, A.CLOCK, A.LEADER, A.SECRETARIAT),
    *_stays(E.ACKNOWLEDGED, S, A.LEAD, A.SECRETARIAT),
    *_stays(E.EXTENSION_ASKED, OWING, A.LEAD, A.SECRETARIAT),
    *_stays(E.EXTENSION_COUNTERED, STILL_OPEN, *OFFICE),
    *_stays(E.EXTENSION_AGREED, STILL_OPEN, *OFFICE, A.LEAD),
    *_stays(E.EXTENSION_REFUSED, STILL_OPEN, *OFFICE),
    *_stays(E.EXTENSION_WITHDRAWN, STILL_OPEN, A.LEAD, A.SECRETARIAT),
    *_stays(E.DEADLINE_SET, STILL_OPEN, *OFFICE, A.CLOCK),
    *_stays(E.CORRECTED, STILL_OPEN, A.SECRETARIAT, A.ASSIGNER),
    *_stays(E.COOPERATION, STILL_OPEN, *OFFICE, A.COOPERATING, A.MEMBER),
    *_stays(E.CONTRIBUTED, STILL_OPEN, A.COOPERATING, A.MEMBER, A.SECRETARIAT),
    *_stays(E.PAPER_ISSUED, STILL_OPEN, A.SECRETARIAT),
    *_stays(E.OFFICER_NAMED, STILL_OPEN, A.LEAD, A.COOPERATING),
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
    rule = MOVES.get(event) or RECORDS[event]
    fits = status in rule.sources and actor in rule.actors
    if not fits:
        with pytest.raises(NotAllowed):
            move(event, status, actor, paused_from)
    else:
        assert move(event, status, actor, paused_from) is not status or event in (E.PROGRESS, *RECORDS)


@given(st.sampled_from(EVERY_TRY))
def test_buttons_are_exactly_what_may_be_done(attempt: tuple[E, S, A]) -> None:
    event, status, actor = attempt
    try:
        move(event, status, actor, None)
        allowed = True
    except NotAllowed:
        allowed = False
    assert (event in possible(status, actor)) is (allowed and event in MOVES)


@pytest.mark.parametrize("status", sorted(CLOSED))
@pytest.mark.parametrize("actor", Actor)
def test_nothing_opens_a_closed_task_but_the_end_of_a_mistaken_confirmation(status: S, actor: A) -> None:
    mistaken = status is S.CONFIRMED and actor in OFFICE
    assert possible(status, actor) == ((E.REOPENED,) if mistaken else ())


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
    assert move(E.RESUMED, S.PAUSED, A.ASSIGNER, before) is after


def test_every_event_is_a_move_or_a_record() -> None:
    assert set(MOVES) | set(RECORDS) == set(EventKind)
    assert not set(MOVES) & set(RECORDS)


def test_refusals_are_vietnamese_and_name_both_sides() -> None:
    with pytest.raises(NotAllowed, match="«Hoàn thành», không thể «Tiếp nhận»"):
        move(E.RECEIVED, S.CONFIRMED, A.LEAD, None)
    with pytest.raises(NotAllowed, match="Cơ quan chủ trì không có quyền «Xác nhận hoàn thành»"):
        move(E.CONFIRMED, S.SUBMITTED, A.LEAD, None)
