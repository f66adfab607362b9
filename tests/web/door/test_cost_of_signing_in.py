"""What a request costs whoever is signed in: three statements at the door, and the page what it ever cost.

Seen to fail when the desk reads the clock again, and when seats and names are asked for apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import present
from flows.actions.sign_in.seen import CameFrom
from flows.actions.sign_in.sign_ins import open_sign_in
from models.db import reading
from models.people.row_bodies import committee_bodies
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import SignInWay
from tests.flows.sign_in.people import person, seated
from tests.web.conftest import opened
from web.visitors.cookies import Jar


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent; BEGIN is none."""
    found: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    sa.event.listen(engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", keep)


def asked_for(client: TestClient, engine: Engine, address: str) -> list[str]:
    with counted(engine) as found:
        assert client.get(address, follow_redirects=False).status_code == 200
    return found


@pytest.mark.parametrize("address", ["/viec", "/viec/GN-0001?vai=van-phong", "/bao-cao"])
def test_the_door_asks_three_times(busy: Engine, office: Office, address: str) -> None:
    with opened(busy, office) as client:
        without = asked_for(client, busy, address)
    secretary = person(busy)
    with reading(busy) as session:
        where = committee_bodies(session).secretariat
    seated(busy, secretary, SeatRole.SECRETARY, where)
    here = CameFrom("127.0.0.1")
    token = open_sign_in(busy, secretary, SignInWay.PASSWORD, here, present(busy), second=True)
    with opened(busy, office) as client:
        client.cookies.set(Jar.SIGN_IN.named(https=False), token)
        asked_for(client, busy, address)  # there are accounts: that is known from now on
        signed_in = asked_for(client, busy, address)
    # Without accounts: whether there is one, and the clock. Then: the clock, the sign-in, who it is.
    assert len(signed_in) <= len(without) + 1, signed_in
