"""Who may do what to which row: every refused combination of event, role and body, for every noun."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from rules.people import (
    on_cases,
    on_documents,
    on_office_papers,
    on_parts,
    on_people,
    on_requests,
    on_tasks,
)
from rules.people.in_a_body import OfficersHand
from rules.people.on_cases import CaseBodies
from rules.people.on_tasks import TaskBodies
from rules.people.seat_roles import SeatRole
from rules.people.seats import CommitteeBodies, Seat
from rules.people.viewer import HeldSeat, Viewer
from rules.refusal import NotAllowed
from rules.tasks.status import MOVES, RECORDS, actors_of
from rules.vocabulary import Actor, CooperationState, DocumentMove, EventKind, Rung, TaskStatus

A, E, C, D = Actor, EventKind, CooperationState, DocumentMove
LEAD, PARTNER, MEMBER, OUTSIDER = "stc", "skhdt", "tv-sct", "sgddt"
OFFICE = CommitteeBodies(secretariat="vp", chair="truong", standing="tt", upper="tinh", whole="bcd")
NAMES = {LEAD: "Sở Tài chính", PARTNER: "Sở Kế hoạch và Đầu tư", OUTSIDER: "Sở Giáo dục", "vp": "Văn phòng"}
BODIES = TaskBodies(
    LEAD, frozenset({PARTNER}), frozenset({MEMBER}), OFFICE, lambda body: NAMES.get(body, body)
)
CASE = CaseBodies(Rung.CHAIR, "truong", BODIES)
EVERY_BODY = (None, LEAD, PARTNER, MEMBER, OUTSIDER, "vp", "truong", "tt", "tinh", "bcd")

#: For which bodies a role may act at all, written out by hand: all else is refused, whatever the event.
ABOVE = {None, "truong", "tt", "tinh", "bcd"}
FITTING: dict[Actor, set[str | None]] = {
    A.LEAD: {LEAD},
    A.COOPERATING: {PARTNER},
    A.MEMBER: {MEMBER},
    A.SECRETARIAT: {None, "vp"},
    A.ASSIGNER: ABOVE,
    A.LEADER: ABOVE,
    A.CLOCK: {None},
}
EVERY_TRY = list(product(Actor, EVERY_BODY))
PART_EVENTS = {E.COOPERATION, E.CONTRIBUTED}
DECISIONS = (E.EXTENSION_AGREED, E.EXTENSION_REFUSED, E.EXTENSION_COUNTERED)


def allowed(asks: Callable[[Seat], object]) -> set[tuple[Actor, str | None]]:
    found = set()
    for actor, body in EVERY_TRY:
        try:
            asks(Seat(actor, body))
        except NotAllowed:
            continue
        found.add((actor, body))
    return found


def fits(actors: set[Actor], **other: set[str | None]) -> set[tuple[Actor, str | None]]:
    return {(actor, body) for actor in actors for body in other.get(actor.value, FITTING[actor])}


@pytest.mark.parametrize("event", [event for event in EventKind if event is not E.ASSIGNED])
def test_a_task(event: EventKind) -> None:
    rule = MOVES.get(event) or RECORDS[event]
    source = next(iter(rule.sources))
    found = allowed(lambda seat: on_tasks.check(event, seat, source, TaskStatus.ACCEPTED, BODIES))
    member = {"member": {PARTNER}} if event in PART_EVENTS else {}
    assert found == fits(set(rule.actors), **member)


@pytest.mark.parametrize("after", CooperationState)
def test_a_part(after: CooperationState) -> None:
    found = allowed(lambda seat: on_parts.check(after, seat, PARTNER, BODIES))
    asked = after in (C.ASKED, C.RELEASED)
    itself = {A.COOPERATING, A.MEMBER, A.SECRETARIAT}
    assert found == (fits({A.SECRETARIAT, A.ASSIGNER, A.LEADER}) if asked else fits(itself, member={PARTNER}))


def test_a_part_of_another_body() -> None:
    both = TaskBodies(LEAD, frozenset({PARTNER, "snn"}), committee=OFFICE)
    with pytest.raises(NotAllowed, match="Chỉ cơ quan phối hợp"):
        on_parts.check(C.CONTRIBUTED, Seat(A.COOPERATING, "snn"), PARTNER, both)


def test_a_member_keeps_the_own_part_and_no_other() -> None:
    both = TaskBodies(LEAD, frozenset({PARTNER, MEMBER}), committee=OFFICE)
    on_parts.check(C.CONTRIBUTED, Seat(A.MEMBER, MEMBER), MEMBER, both)
    with pytest.raises(NotAllowed, match="Chỉ thành viên"):
        on_parts.check(C.CONTRIBUTED, Seat(A.MEMBER, MEMBER), PARTNER, both)


@pytest.mark.parametrize("handed", [None, False, True])
def test_an_officer_is_held_back_on_a_task(handed: bool | None) -> None:
    hand = None if handed is None else OfficersHand(handed)
    bodies = replace(BODIES, hand=hand)
    found = {
        event: (A.LEAD, LEAD)
        in allowed(lambda seat, event=event: on_tasks.check(event, seat, TaskStatus.ASSIGNED, None, bodies))
        for event in (E.RECEIVED, E.REFUSED)
    }
    assert found == {E.RECEIVED: handed is not False, E.REFUSED: handed is None}


@pytest.mark.parametrize("actor", Actor)
def test_whose_word_an_answer_is(actor: Actor) -> None:
    """Where people sign in the rung alone answers without a paper; a paper is recorded by the secretariat."""
    on_cases.check_own_word(actor, signed_in=False)
    if actor is not A.LEADER:
        with pytest.raises(NotAllowed, match="phiếu trình đã ký"):
            on_cases.check_own_word(actor, signed_in=True)
    else:
        on_cases.check_own_word(actor, signed_in=True)
    if actor is not A.SECRETARIAT:
        with pytest.raises(NotAllowed, match="hãy ghi ý kiến của mình"):
            on_cases.check_recorder(actor)
    else:
        on_cases.check_recorder(actor)


ADMIN = Viewer(7, (HeldSeat(1, SeatRole.ADMIN),))
CLERK = Viewer(8, (HeldSeat(2, SeatRole.CLERK, LEAD),))


def test_who_keeps_people() -> None:
    on_people.check(ADMIN)
    with pytest.raises(NotAllowed, match="Chỉ quản trị hệ thống"):
        on_people.check(CLERK)
    for viewer, theirs, may in ((ADMIN, (), True), (CLERK, (8, 9), True), (CLERK, (9,), False)):
        try:
            on_people.check_absence(viewer, theirs)
        except NotAllowed:
            assert not may
        else:
            assert may


@pytest.mark.parametrize("event", [E.EXTENSION_ASKED, E.EXTENSION_WITHDRAWN])
def test_the_leads_side_of_a_request(event: EventKind) -> None:
    assert allowed(lambda seat: on_requests.check(event, seat, BODIES)) == fits({A.LEAD, A.SECRETARIAT})


def test_a_date_that_was_proposed() -> None:
    found = allowed(lambda seat: on_requests.check(E.EXTENSION_AGREED, seat, BODIES, takes_counter=True))
    assert found == fits({A.LEAD})


@pytest.mark.parametrize("event", DECISIONS)
def test_the_answer_to_a_request(event: EventKind) -> None:
    found = allowed(lambda seat: on_requests.check(event, seat, BODIES))
    assert found == fits({A.SECRETARIAT, A.ASSIGNER, A.LEADER})


@pytest.mark.parametrize("lead", ["vp", "truong"])
@pytest.mark.parametrize("event", DECISIONS)
def test_nobody_answers_the_own_request(event: EventKind, lead: str) -> None:
    own = TaskBodies(lead, committee=OFFICE)
    found = allowed(lambda seat: on_requests.check(event, seat, own))
    office = set() if lead == "vp" else {A.SECRETARIAT}
    above = ABOVE - {lead}
    assert found == fits({A.ASSIGNER, A.LEADER, *office}, assigner=above, leader=above)


@pytest.mark.parametrize("event", [E.ESCALATED, E.CLIMBED, E.DECIDED, E.ACKNOWLEDGED])
def test_a_case(event: EventKind) -> None:
    found = allowed(lambda seat: on_cases.check(event, seat, CASE))
    assert found == fits(set(actors_of(event)), leader={None, "truong"})


@pytest.mark.parametrize("move", DocumentMove)
def test_a_document(move: DocumentMove) -> None:
    found = allowed(lambda seat: on_documents.check(move, seat, OFFICE))
    assert found == fits({A.SECRETARIAT} | ({A.CLOCK} if move is D.ISSUED else set()))


def test_a_paper_and_a_name() -> None:
    assert allowed(lambda seat: on_office_papers.check("Ban hành", seat, OFFICE)) == fits({A.SECRETARIAT})


def test_bodies_that_nobody_looked_up_are_no_leave() -> None:
    bare = TaskBodies(LEAD)
    found = allowed(lambda seat: on_tasks.check(E.WITHDRAWN, seat, TaskStatus.ASSIGNED, None, bare))
    assert found == {(A.SECRETARIAT, None), (A.ASSIGNER, None), (A.LEADER, None)}
    assert allowed(lambda seat: on_documents.check(D.RECALLED, seat, None)) == {(A.SECRETARIAT, None)}
    assert allowed(lambda seat: on_office_papers.check("Ban hành", seat, None)) == {(A.SECRETARIAT, None)}


def _refused(event: EventKind, seat: Seat, status: TaskStatus = TaskStatus.ASSIGNED) -> str:
    with pytest.raises(NotAllowed) as refusal:
        on_tasks.check(event, seat, status, None, BODIES)
    return str(refusal.value)


def test_the_sentence_says_who_may() -> None:
    assert _refused(E.SUBMITTED, Seat(A.LEAD, PARTNER)) == (
        "Chỉ cơ quan chủ trì (Sở Tài chính) được «Báo cáo hoàn thành»; "
        "Sở Kế hoạch và Đầu tư không có quyền này."
    )
    assert _refused(E.SUBMITTED, Seat(A.LEAD)) == (
        "Chưa chọn cơ quan thao tác: cơ quan chủ trì (Sở Tài chính) được «Báo cáo hoàn thành»."
    )
    assert _refused(E.CONFIRMED, Seat(A.SECRETARIAT, LEAD), TaskStatus.SUBMITTED) == (
        "Chỉ Văn phòng, Ban Thư ký (Văn phòng) được «Xác nhận hoàn thành»; Sở Tài chính không có quyền này."
    )


def test_a_task_without_partners_says_so() -> None:
    with pytest.raises(NotAllowed, match="chưa có cơ quan nào"):
        on_tasks.check(
            E.CONTRIBUTED, Seat(A.COOPERATING, OUTSIDER), TaskStatus.ASSIGNED, None, TaskBodies(LEAD)
        )


def test_the_case_names_the_rung_whose_turn_it_is() -> None:
    with pytest.raises(NotAllowed) as refusal:
        on_cases.check(E.DECIDED, Seat(A.LEADER, "tt"), CASE)
    assert "đang chờ ý kiến của Trưởng Ban Chỉ đạo" in str(refusal.value)
