"""What a seat opens and which seat an act is done in, against the table of ``docs/access.md`` by hand.

Seen red, each alone: a chair that sees nothing, an admin or a clerk of the secretariat that sees everything,
a standing agency by its role alone, a body that plays the lead of another, an officer's seat before a head's,
a lent seat before the own one, an officer that keeps a body or does what was not handed to him.
"""

from itertools import product

import pytest

from rules.people.in_a_body import KEEPS_A_BODY, OF_AN_OFFICER, OfficersHand, check_hand, keeps, reads
from rules.people.seat_roles import SeatRole
from rules.people.seats import CommitteeBodies
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind, Rung

A, R = Actor, SeatRole
OFFICE = CommitteeBodies(secretariat="vp", chair="truong", standing="tt", upper="tinh", whole="bcd")
BODY, OTHER, MEMBER = "stc", "snn", "tv-stc"
#: Every seat that can be held, and the roles that it plays for which bodies.
PLAYED: dict[tuple[SeatRole, str | None], dict[Actor, set[str | None]]] = {
    (R.CLERK, BODY): {A.LEAD: {BODY}, A.COOPERATING: {BODY}},
    (R.OFFICER, BODY): {A.LEAD: {BODY}, A.COOPERATING: {BODY}},
    (R.HEAD, BODY): {A.LEAD: {BODY}, A.COOPERATING: {BODY}},
    (R.CLERK, "vp"): {A.LEAD: {"vp"}, A.COOPERATING: {"vp"}},
    (R.HEAD, "tt"): {A.LEAD: {"tt"}, A.COOPERATING: {"tt"}, A.ASSIGNER: {None, "tt"}, A.LEADER: {"tt"}},
    (R.CLERK, "tt"): {A.LEAD: {"tt"}, A.COOPERATING: {"tt"}},
    (R.HEAD, "tinh"): {
        A.LEAD: {"tinh"}, A.COOPERATING: {"tinh"}, A.ASSIGNER: {None, "tinh"}, A.LEADER: {"tinh"},
    },
    (R.SECRETARY, "vp"): {A.SECRETARIAT: {None, "vp", "truong", "tt", "tinh", "bcd", BODY, OTHER, MEMBER}},
    (R.CHAIR, "truong"): {A.ASSIGNER: {None, "truong"}, A.LEADER: {"truong"}},
    (R.DEPUTY_CHAIR, "truong"): {A.ASSIGNER: {None, "truong"}, A.LEADER: {"truong"}},
    (R.MEMBER, MEMBER): {A.LEAD: {MEMBER}, A.COOPERATING: {MEMBER}, A.MEMBER: {MEMBER}},
    (R.ADMIN, None): {},
}  # fmt: skip
BODIES = (None, "vp", "truong", "tt", "tinh", "bcd", BODY, OTHER, MEMBER)
SEES_ALL = {
    (R.SECRETARY, "vp"),
    (R.CHAIR, "truong"),
    (R.DEPUTY_CHAIR, "truong"),
    (R.HEAD, "tt"),
    (R.CLERK, "tt"),
}
RUNGS = {
    (R.HEAD, "tt"): {Rung.STANDING}, (R.HEAD, "tinh"): {Rung.PROVINCE}, (R.CHAIR, "truong"): {Rung.CHAIR},
    (R.DEPUTY_CHAIR, "truong"): {Rung.CHAIR},
}  # fmt: skip


def sitting(*seats: tuple[SeatRole, str | None], instead_of: int | None = None) -> Viewer:
    held = tuple(HeldSeat(key, role, body, instead_of) for key, (role, body) in enumerate(seats, 1))
    return Viewer(7, held, OFFICE)


@pytest.mark.parametrize("seat", PLAYED)
@pytest.mark.parametrize("instead_of", [None, 8])
def test_one_seat(seat: tuple[SeatRole, str | None], instead_of: int | None) -> None:
    """Own or lent, it opens the same."""
    viewer = sitting(seat, instead_of=instead_of)
    played: dict[Actor, set[str | None]] = {}
    for actor, body in product(Actor, BODIES):
        if (found := viewer.seat_for(actor, body)) is not None:
            assert (found.id, found.instead_of) == (1, instead_of)
            played.setdefault(actor, set()).add(body)
    assert played == PLAYED[seat]
    assert viewer.sees_all is (seat in SEES_ALL)
    assert viewer.rungs == RUNGS.get(seat, set())
    assert (viewer.is_secretary, viewer.is_admin) == (seat[0] is R.SECRETARY, seat[0] is R.ADMIN)
    assert (viewer.keeping_seat() is not None) is viewer.is_keeper is (seat[0] in (R.SECRETARY, R.ADMIN))
    in_a_body = seat[0] in (R.CLERK, R.OFFICER, R.HEAD, R.MEMBER)
    assert viewer.bodies == ({seat[1]} if in_a_body else set())


def test_no_seat_and_no_committee() -> None:
    assert not any(sitting().seat_for(actor, body) for actor, body in product(Actor, BODIES))
    bare = Viewer(7, (HeldSeat(1, R.HEAD, "tt"), HeldSeat(2, R.CHAIR, "truong")))
    assert (bare.rungs, bare.seat_for(A.LEADER, "truong")) == (frozenset(), None)
    assert ANYBODY.sees_all
    assert ANYBODY.is_secretary
    assert ANYBODY.rungs == frozenset(Rung)


def test_the_weightier_seat_and_the_own_one_come_first() -> None:
    seats = (
        HeldSeat(1, R.OFFICER, BODY), HeldSeat(2, R.HEAD, BODY, instead_of=8), HeldSeat(3, R.CLERK, BODY),
        HeldSeat(4, R.CLERK, BODY),
    )  # fmt: skip
    for left, first in ((seats, 3), (seats[:2], 2), (seats[:1], 1), (seats[::-1], 3)):
        found = Viewer(7, left, OFFICE).seat_for(A.LEAD, BODY)
        assert found is not None
        assert found.id == first
    keeper = sitting((R.ADMIN, None), (R.SECRETARY, "vp")).keeping_seat()
    assert keeper is not None
    assert keeper.role is R.SECRETARY


@pytest.mark.parametrize("role", [R.CLERK, R.OFFICER, R.HEAD, R.MEMBER])
def test_who_keeps_a_body_and_who_reads_there(role: SeatRole) -> None:
    for instead_of in (None, 8):
        viewer = sitting((role, BODY), instead_of=instead_of)
        assert keeps(viewer, BODY) is (role in KEEPS_A_BODY) is (role is not R.OFFICER)
        assert reads(viewer, BODY)
        assert not keeps(viewer, OTHER)
        assert not reads(viewer, OTHER)
    assert keeps(ANYBODY, BODY)
    assert reads(ANYBODY, BODY)


@pytest.mark.parametrize("event", EventKind)
def test_an_officer_does_what_was_handed_to_him(event: EventKind) -> None:
    may = event.value in (
        "received",
        "progress",
        "submitted",
        "cooperation",
        "contributed",
        "extension_asked",
    )
    assert may is (event in OF_AN_OFFICER)
    check_hand(event, None)
    if may:
        check_hand(event, OfficersHand(True))
    else:
        with pytest.raises(NotAllowed, match="do lãnh đạo hoặc văn thư"):
            check_hand(event, OfficersHand(True))
    with pytest.raises(NotAllowed, match="chưa giao cho bạn" if may else "do lãnh đạo hoặc văn thư"):
        check_hand(event, OfficersHand(False))
