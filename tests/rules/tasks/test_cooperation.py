"""The states of a cooperating body's part."""

from datetime import date
from itertools import product

import pytest

from rules.refusal import NotAllowed
from rules.tasks.cooperation import check_actor, check_part, next_state
from rules.vocabulary import Actor, CooperationState

C = CooperationState
ALLOWED = {
    (C.ASKED, C.ACCEPTED),
    (C.ASKED, C.CONTRIBUTED),
    (C.ACCEPTED, C.CONTRIBUTED),
    (C.CONTRIBUTED, C.CONTRIBUTED),
    (C.ASKED, C.RELEASED),
    (C.ACCEPTED, C.RELEASED),
    (C.CONTRIBUTED, C.RELEASED),
    (C.RELEASED, C.ASKED),
}


@pytest.mark.parametrize(("before", "after"), list(product(C, C)))
def test_every_move(before: CooperationState, after: CooperationState) -> None:
    if (before, after) in ALLOWED:
        assert next_state(before, after) is after
    else:
        with pytest.raises(NotAllowed, match=f"«{before.label}», không thể"):
            next_state(before, after)


@pytest.mark.parametrize("actor", Actor)
def test_who_asks_and_who_accepts(actor: Actor) -> None:
    def may(state: CooperationState) -> bool:
        try:
            check_actor(state, actor)
        except NotAllowed:
            return False
        return True

    above = actor in (Actor.SECRETARIAT, Actor.ASSIGNER, Actor.LEADER)
    itself = actor in (Actor.SECRETARIAT, Actor.COOPERATING, Actor.MEMBER)
    assert [may(state) for state in C] == [above, itself, itself, above]


@pytest.mark.parametrize(
    ("is_lead", "state", "due", "said"),
    [
        (True, None, None, "chủ trì nhiệm vụ này"),
        (False, C.ACCEPTED, None, "đã được đề nghị phối hợp"),
        (False, None, date(2022, 9, 1), "không được sau thời hạn của nhiệm vụ"),
    ],
)
def test_who_cannot_be_asked(
    is_lead: bool, state: CooperationState | None, due: date | None, said: str
) -> None:
    with pytest.raises(NotAllowed, match=said):
        check_part("Sở Tài chính", is_lead, state, due, date(2022, 8, 31))
    check_part("Sở Tài chính", False, C.RELEASED, date(2022, 8, 31), date(2022, 8, 31))
