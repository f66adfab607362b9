"""Every route has a row that says for whom it is there, and every page asks it."""

import pytest
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from rules.people.seat_roles import SeatRole
from rules.people.seats import CommitteeBodies
from rules.people.viewer import ANYBODY, HeldSeat, Viewer
from web.app import PAGES, create_app
from web.kit.desk import _desk
from web.kit.gates import GATES, Audience, head_of, is_open, pass_gate

COMMITTEE = CommitteeBodies("office", "chair", "standing", "upper", "whole")
A = Audience


def sitting(role: SeatRole, body: str | None) -> Viewer:
    return Viewer(1, (HeldSeat(1, role, body),), COMMITTEE)


def test_a_route_without_a_row_is_refused() -> None:
    """The application's own list, whoever added to it."""
    paths = create_app().openapi()["paths"]
    assert {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods} == set(GATES)


def test_every_page_asks_its_gate() -> None:
    """The desk does: a page that never sits down at one would be there for everybody."""
    routes = [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute)]
    assert len(routes) > 40
    without = [
        route.path for route in routes if _desk not in [one.call for one in route.dependant.dependencies]
    ]
    assert without == ["/lien-ket/{token}"]  # keeps the token in a cookie and leads on: it shows nothing


OPEN = {
    "a secretary": (sitting(SeatRole.SECRETARY, "office"), set(Audience)),
    "a chair": (sitting(SeatRole.DEPUTY_CHAIR, "chair"), {A.EVERYBODY, A.ROWS, A.WHOLE, A.WATCH}),
    "the standing agency": (sitting(SeatRole.CLERK, "standing"), {A.EVERYBODY, A.ROWS, A.WHOLE, A.WATCH}),
    "a body": (sitting(SeatRole.OFFICER, "stc"), {A.EVERYBODY, A.ROWS}),
    "a member": (sitting(SeatRole.MEMBER, "tv-stc"), {A.EVERYBODY, A.ROWS}),
    "an admin": (sitting(SeatRole.ADMIN, None), {A.EVERYBODY, A.LETTERS, A.WATCH}),
    "nobody": (Viewer(1), {A.EVERYBODY}),
    "no accounts": (ANYBODY, set(Audience)),
}


@pytest.mark.parametrize("name", OPEN)
def test_for_whom_pages_are_there(name: str) -> None:
    viewer, expected = OPEN[name]
    assert {one for one in Audience if is_open(viewer, one)} == expected
    shut = [row for row, audience in GATES.items() if audience not in expected]
    for row in shut:
        with pytest.raises(HTTPException) as caught:
            pass_gate(viewer, *row.split(" "))
        assert caught.value.status_code == 404
    assert all(GATES[f"GET /{address}"] in expected for address, _ in head_of(viewer))


def test_the_head_without_accounts_leads_everywhere() -> None:
    assert [address for address, _ in head_of(ANYBODY)] == [
        "viec", "van-ban", "trinh", "thu", "bao-cao", "nhat-ky", "nguoi-dung",
    ]  # fmt: skip
    assert "cong-van" in dict(head_of(OPEN["a body"][0]))
