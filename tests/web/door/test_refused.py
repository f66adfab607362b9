"""Whoever has signed in and is refused is written down; who is served, and a stranger, is not.

That each refusal of the access table is told, and nothing else: ``tests/web/test_access_matrix.py``.
Seen red: with ``_why`` that never answers SEAT, PAGE or ROW; without ``scope[REFUSED]`` at each of the three
doors; with ``out_of_seat`` that does nothing; with the address itself instead of its route.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import advance, shown_now
from models.db import reading
from models.tables.tasks import Task
from models.trail.rows import TrailRow
from rules.people.seat_roles import SeatRole
from rules.trail.words import TrailWhat
from tests.flows.sign_in.people import noted, person, seated
from tests.web.conftest import NOW
from tests.web.every_noun import OTHER
from tests.web.sign_in.entered import (
    ADMINS,
    EMAIL,
    HERS,
    PASSWORD,
    Hoa,
    an_admin,
    browser,
    sign_in,
    telephone,
)

QUARTER = timedelta(minutes=15)


@pytest.fixture
def hoa(busy: Engine) -> Hoa:
    """An officer of a body that sees its own tasks only."""
    found = person(busy, EMAIL, PASSWORD)
    seated(busy, found, SeatRole.OFFICER, OTHER)
    return Hoa(found)


@pytest.fixture
def client(busy: Engine, office: Office, hoa: Hoa) -> Iterator[TestClient]:
    with browser(busy, office) as found:
        sign_in(found)
        yield found


def refusals(engine: Engine) -> list[TrailRow]:
    return noted(engine, TrailWhat.REFUSED)


def reasons(engine: Engine) -> list[tuple[object, ...]]:
    """Why, by which route, and on what."""
    return [(row.data["why"], row.data["route"], row.noun, row.noun_key) for row in refusals(engine)]


def test_a_page_of_another_seat_and_a_row_that_is_not_seen(
    client: TestClient, busy: Engine, hoa: Hoa
) -> None:
    with reading(busy) as session:
        theirs = session.scalars(sa.select(Task.id).where(Task.agency_id == "snn")).first()
    for address in (f"/viec/GN-{theirs:04d}", "/nhat-ky", "/van-ban/999", "/nguoi-dung/77"):
        assert client.get(address).status_code == 404
    assert reasons(busy) == [
        ("row", "GET /viec/{code}", "task", f"{theirs}"),
        ("page", "GET /nhat-ky", "page", ""),
        ("row", "GET /van-ban/{document_id}", "document", "999"),
        ("row", "GET /nguoi-dung/{person_id}", "person", "77"),
    ]
    assert {(row.person_id, row.address, row.happened_at) for row in refusals(busy)} == {
        (hoa.id, "127.0.0.1", NOW)
    }


def test_who_is_served_and_who_mistypes_is_not_written_down(client: TestClient, busy: Engine) -> None:
    for address in (
        "/viec",
        "/van-ban",
        "/tai-khoan",
        "/khong-co-trang-nay",
        "/static/khong-co.css",
        "/lien-ket/x",
    ):
        client.get(address)
    assert refusals(busy) == []


def test_nothing_that_was_typed_is_kept(client: TestClient, busy: Engine) -> None:
    secret = "mat-khau-cua-toi"
    client.get(f"/viec/{secret}?tim={secret}")
    client.get(f"/van-ban/dang-doc/{secret}")
    client.post(f"/viec/{secret}/tra-loi", data={"noi-dung": secret})
    assert [one[2:] for one in reasons(busy)] == [("page", "")] * 3
    assert secret not in str([(row.data, row.noun_key) for row in refusals(busy)])


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_from_another_site(
    client: TestClient, busy: Engine, hoa: Hoa, headers: dict[str, str]
) -> None:
    assert client.post("/viec/GN-0001/tra-loi", data={}, headers=headers).status_code == 403
    assert reasons(busy) == [("other_site", "POST /viec/{code}/tra-loi", "page", "")]
    assert refusals(busy)[0].person_id == hoa.id


def test_a_foreign_host_name(client: TestClient, busy: Engine, hoa: Hoa) -> None:
    assert client.get("/viec", headers={"host": "evil.example"}).status_code == 403
    assert reasons(busy) == [("line", "GET /viec", "page", "")]
    assert refusals(busy)[0].person_id == hoa.id


def test_a_form_before_the_second_factor(busy: Engine, office: Office) -> None:
    admin = an_admin(busy)
    with browser(busy, office) as client:
        sign_in(client, ADMINS, HERS)
        assert client.get("/nguoi-dung").status_code == 303  # led on: nothing is refused
        assert client.post("/nguoi-dung/moi", data={"ho-ten": "Ai"}).status_code == 401
    assert reasons(busy) == [("unproven", "POST /nguoi-dung/moi", "page", "")]
    assert refusals(busy)[0].person_id == admin


def test_strangers_are_not_written_down(busy: Engine, office: Office, hoa: Hoa) -> None:
    with browser(busy, office) as client:
        client.get("/nhat-ky")
        client.post("/viec/GN-0001/tra-loi", data={})
        client.post("/viec/GN-0001/tra-loi", data={}, headers={"origin": "https://evil.example"})
        client.get("/viec", headers={"host": "evil.example"})
    assert refusals(busy) == []


def test_an_office_without_accounts_writes_nothing(busy: Engine, office: Office) -> None:
    with browser(busy, office) as client:
        client.get("/viec/GN-0999")
        client.get("/viec", headers={"host": "evil.example"})
    assert refusals(busy) == []


def test_guessing_is_a_row_and_a_sum_that_the_page_shows(busy: Engine, office: Office, hoa: Hoa) -> None:
    with browser(busy, office) as client:
        sign_in(client)
        for number in range(100, 130):
            client.get(f"/van-ban/{number}")
        assert len(refusals(busy)) == 1
        advance(busy, NOW + QUARTER)
        client.get("/nhat-ky")
    first, gathered, _ = refusals(busy)
    assert (first.noun_key, gathered.data["count"]) == ("100", 29)
    with browser(busy, office) as client:
        shown = _as_admin(client, busy).get("/nhat-ky?loai=refused").text
    assert "Truy cập bị từ chối" in shown
    assert "ngoài phạm vi được xem (GET /van-ban/{document_id}): 29 lần nữa" in shown
    assert 'href="/van-ban/100"' not in shown


def test_the_pages_end_and_the_sum_is_written(busy: Engine, office: Office, hoa: Hoa) -> None:
    with browser(busy, office) as client:
        sign_in(client)
        for _ in range(3):
            client.get("/nhat-ky")
    assert [row.data.get("count") for row in refusals(busy)] == [None, 2]


def _as_admin(client: TestClient, engine: Engine) -> TestClient:
    totp, _ = telephone(engine, an_admin(engine))
    sign_in(client, ADMINS, HERS)
    client.post("/dang-nhap/ma", data={"ma": totp.at(shown_now() + timedelta(seconds=30))})
    return client
