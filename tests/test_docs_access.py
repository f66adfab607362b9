"""docs/access.md, "Who does", says what the rules do.

Seen to fail with one more role in ``rules/tasks/status.py``, and where every seat plays the secretariat.
"""

import re
from pathlib import Path

import pytest

from rules.people.on_documents import check as check_document
from rules.people.seat_roles import SeatRole
from rules.people.seats import CommitteeBodies, Seat
from rules.people.viewer import HeldSeat, Viewer
from rules.refusal import NotAllowed
from rules.tasks.status import MOVES, RECORDS, actors_of
from rules.vocabulary import Actor, DocumentMove, EventKind

TEXT = (Path(__file__).parents[1] / "docs" / "access.md").read_text(encoding="utf-8")
BODIES = CommitteeBodies("office", "chair", "standing", "upper", "whole")
#: The second column of the table of seats, as a body.
PLACES = {
    "any body": "department",
    "the standing agency": BODIES.standing,
    "the body above the committee": BODIES.upper,
    "the secretariat": BODIES.secretariat,
    "the chair": BODIES.chair,
    "a member's body": "a-member",
    "none": None,
}
NOUNS = ("task", "part", "request", "case")


def table(heading: str) -> list[list[str]]:
    """The cells of the rows below a heading."""
    part = re.split(r"^##+ ", TEXT.split(f"### {heading}\n")[1], flags=re.MULTILINE)[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def words(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


SEATS = table("Which seat plays which role")
ACTS = table("Which role may do what")


@pytest.mark.parametrize(("role", "place", "plays"), SEATS, ids=[" ".join(row[:2]) for row in SEATS])
def test_a_seat_plays_what_is_written(role: str, place: str, plays: str) -> None:
    seat = HeldSeat(1, SeatRole(role), PLACES[place])
    viewer = Viewer(1, (seat,), BODIES)
    bodies = (None, *filter(None, PLACES.values()), "another")
    found = {(actor.value, body) for actor in Actor for body in bodies if viewer.seat_for(actor, body)}
    assert {actor for actor, _ in found} == words(plays)
    for actor, body in found - {(one.value, body) for one in (Actor.SECRETARIAT,) for body in bodies}:
        assert body in (PLACES[place], None if actor == Actor.ASSIGNER else PLACES[place])


def test_every_seat_is_written() -> None:
    assert {row[0] for row in SEATS} == set(SeatRole)


def test_every_act_of_a_task_is_written_as_the_rules_have_it() -> None:
    written = {event: words(roles) for noun, acts, roles in ACTS if noun in NOUNS for event in words(acts)}
    ruled = {event: set(actors_of(event)) for event in {*MOVES, *RECORDS} - {EventKind.ASSIGNED}}
    assert written == ruled


def test_every_move_of_a_document_is_written_as_the_rules_have_it() -> None:
    written = {move: words(roles) for noun, acts, roles in ACTS if noun == "document" for move in words(acts)}
    ruled = {move: {actor for actor in Actor if _may(move, actor)} for move in DocumentMove}
    assert written == ruled


def _may(move: DocumentMove, actor: Actor) -> bool:
    try:
        check_document(move, Seat(actor), None)
    except NotAllowed:
        return False
    return True


def test_who_keeps_the_channels() -> None:
    [roles] = [words(roles) for noun, _, roles in ACTS if noun.startswith("letter")]
    keepers = {role for role in SeatRole if Viewer(1, (HeldSeat(1, role, "office"),), BODIES).keeping_seat()}
    assert keepers == {SeatRole.SECRETARY, SeatRole.ADMIN}
    assert roles == {Actor.SECRETARIAT.value, SeatRole.ADMIN.value}
