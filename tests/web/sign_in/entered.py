"""Persons with accounts and their browsers, for tests of the pages of signing in."""

from dataclasses import dataclass

import pyotp
from httpx2 import Response
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import shown_now
from flows.actions.sign_in.links import make_link, new_token
from flows.actions.sign_in.second_factor import begin_totp, confirm_totp
from models.db import unit_of_work
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from tests.flows.sign_in.people import person, seated
from tests.web.conftest import NOW
from tests.web.every_noun import LEAD
from web.app import create_app

EMAIL, PASSWORD = "hoa@stc.soctrang.example", "con mèo nằm trên mái"
ADMINS, HERS = "binh@vp.soctrang.example", "thuyền ra khơi lúc năm giờ"


@dataclass(frozen=True, slots=True)
class Hoa:
    """An officer of the lead's body, who needs no second factor."""

    id: int
    email: str = EMAIL
    password: str = PASSWORD


def officer(engine: Engine) -> Hoa:
    """Her account, with a seat."""
    found = person(engine, EMAIL, PASSWORD)
    seated(engine, found, SeatRole.OFFICER, LEAD)
    return Hoa(found)


def an_admin(engine: Engine) -> int:
    """An account that needs a second factor, without one yet."""
    found = person(engine, ADMINS, HERS)
    seated(engine, found, SeatRole.ADMIN, None)
    return found


def telephone(engine: Engine, person_id: int) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """One that was confirmed, and the recovery codes."""
    totp = pyotp.TOTP(begin_totp(engine, person_id, shown_now()).secret)
    return totp, confirm_totp(engine, person_id, totp.at(shown_now()), shown_now())


def browser(
    engine: Engine, office: Office, address: str = "127.0.0.1", base: str = "http://127.0.0.1"
) -> TestClient:
    """One that follows nothing by itself."""
    app = create_app(engine, office)
    return TestClient(app, base_url=base, client=(address, 50000), follow_redirects=False)


def sign_in(client: TestClient, email: str = EMAIL, password: str = PASSWORD, **more: str) -> Response:
    """Send the form."""
    return client.post("/dang-nhap", data={"email": email, "mat-khau": password, **more})


def a_link(engine: Engine, person_id: int, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> str:
    """The token of a link that was made just now."""
    with unit_of_work(engine) as session:
        return new_token(session, make_link(session, person_id, purpose, NOW))
