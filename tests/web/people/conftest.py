"""A small office with people, for the pages of people."""

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from rules.people.seat_roles import SeatRole
from tests.office_people import seated


@pytest.fixture
def staffed(client: TestClient, registered: Engine) -> TestClient:
    """An admin, a secretary, a head and a clerk of one body, and one without a seat."""
    seated(registered, "Quách Văn Quản", None, SeatRole.ADMIN)
    seated(registered, "Tô Thị Thư", "vpubnd", SeatRole.SECRETARY)
    seated(registered, "Trần Thị Bình", "snn", SeatRole.HEAD)
    seated(registered, "Lê Văn Cường", "snn", SeatRole.CLERK)
    seated(registered, "Đinh Văn Ế", None)
    return client
