"""Signing in and out, the second step, links, and the own account, as a browser meets them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import shown_now
from flows.actions.sign_in import hashing
from flows.actions.sign_in.sign_ins import end_all
from models.tables.sign_in import SignedIn
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose
from tests.flows.sign_in.people import HOAS, deactivated, person, seated
from tests.web.conftest import NOW
from tests.web.every_noun import OTHER
from tests.web.sign_in.entered import (
    ADMINS,
    EMAIL,
    HERS,
    PASSWORD,
    Hoa,
    a_link,
    an_admin,
    browser,
    officer,
    sign_in,
    telephone,
)
from web.forms import fields

NEXT_STEP = timedelta(seconds=30)


@pytest.fixture
def hoa(registered: Engine) -> Hoa:
    return officer(registered)


@pytest.fixture
def client(registered: Engine, office: Office) -> Iterator[TestClient]:
    with browser(registered, office) as found:
        yield found


def test_without_an_account_every_page_says_how_to_make_one(client: TestClient) -> None:
    page = client.get("/viec")
    assert page.status_code == 200
    assert 'dondoc person add "Họ và tên" --admin' in page.text
    assert client.get("/dang-nhap").headers["location"] == "/viec"
    assert client.get("/tai-khoan").status_code == 404


def test_a_page_leads_to_the_sign_in_and_back(client: TestClient, hoa: Hoa) -> None:
    led = client.get("/van-ban?tim=S%E1%BB%9F")
    assert led.status_code == 303
    assert led.headers["location"] == "/dang-nhap?ve=%2Fvan-ban%3Ftim%3DS%25E1%25BB%259F"
    form = client.get(led.headers["location"])
    assert 'name="ve" value="/van-ban?tim=S%E1%BB%9F"' in form.text
    assert "Các trang chính" not in form.text  # nothing of the office is shown to a stranger
    came = sign_in(client, ve="/van-ban?tim=S%E1%BB%9F")
    assert came.headers["location"] == "/van-ban?tim=S%E1%BB%9F"
    page = client.get("/viec")
    assert page.status_code == 200
    assert "Nguyễn Thị Hoa" in page.text
    assert "Chuyên viên, Sở Kế hoạch và Đầu tư" in page.text
    assert "dondoc person add" not in page.text
    assert client.get("/dang-nhap").headers["location"] == "/viec"


def test_a_form_that_comes_too_late_keeps_what_was_typed(client: TestClient, hoa: Hoa) -> None:
    answer = client.post("/viec/GN-0001/tra-loi", data={"noi-dung": "Đã làm <xong>", "mat-khau": "bí mật"})
    assert answer.status_code == 401
    assert "Đã làm &lt;xong&gt;" in answer.text
    assert "bí mật" not in answer.text
    assert 'href="/dang-nhap"' in answer.text


def test_the_second_step(registered: Engine, client: TestClient) -> None:
    totp, codes = telephone(registered, an_admin(registered))
    sign_in(client, ADMINS, HERS)
    before = client.cookies["dondoc"]
    assert client.get("/thu").headers["location"] == "/dang-nhap/ma?ve=%2Fthu"
    assert client.post("/dong-ho/xac-nhan", data={"ngay": "x"}).status_code == 401
    assert client.post("/dang-nhap/ma", data={"ma": "000000"}).status_code == 422
    code = totp.at(shown_now() + NEXT_STEP)
    passed = client.post("/dang-nhap/ma", data={"ma": code, "ve": "/thu", "tin-cay": "1"})
    assert passed.headers["location"] == "/thu"
    assert client.cookies["dondoc"] not in ("", before)
    assert client.cookies["dondoc-thiet-bi"]
    assert client.get("/tai-khoan").status_code == 200
    client.post("/dang-xuat")
    sign_in(client, ADMINS, HERS)  # an admin is asked on a trusted device too
    assert client.post("/dang-nhap/ma", data={"ma": code}).status_code == 422  # no code twice
    assert client.post("/dang-nhap/ma", data={"ma": codes[0]}).status_code == 303
    assert client.get("/tai-khoan").status_code == 200


def test_a_telephone_is_set_up_before_anything_is_open(registered: Engine, client: TestClient) -> None:
    an_admin(registered)
    sign_in(client, ADMINS, HERS)
    assert client.get("/viec", follow_redirects=True).url.path == "/tai-khoan/ma-xac-thuc"
    assert client.get("/tai-khoan").headers["location"].startswith("/dang-nhap/ma")
    client.post("/tai-khoan/ma-xac-thuc")
    page = client.get("/tai-khoan/ma-xac-thuc").text
    assert 'src="data:image/svg+xml;' in page
    secret = page.partition('<code class="secret">')[2].partition("<")[0].replace(" ", "")
    assert client.post("/tai-khoan/ma-xac-thuc/xac-nhan", data={"ma": "1"}).status_code == 422
    assert secret in client.get("/tai-khoan/ma-xac-thuc").text.replace(" ", "")  # the same one again
    done = client.post("/tai-khoan/ma-xac-thuc/xac-nhan", data={"ma": pyotp.TOTP(secret).at(shown_now())})
    assert done.status_code == 200
    assert done.text.count("<li><code>") >= 8
    assert client.get("/viec").status_code == 200
    assert secret not in client.get("/tai-khoan/ma-xac-thuc").text.replace(" ", "")


def test_an_invitation_sets_a_password(registered: Engine, client: TestClient) -> None:
    invited = person(registered, EMAIL, None)
    seated(registered, invited, SeatRole.CLERK, OTHER)
    token = a_link(registered, invited, LinkPurpose.INVITATION)
    led = client.get(f"/lien-ket/{token}")
    assert led.headers["location"] == "/lien-ket"
    assert led.headers["referrer-policy"] == "no-referrer"
    page = client.get("/lien-ket")
    assert "Nguyễn Thị Hoa" in page.text
    assert token not in page.text
    for new, again in (("", ""), (PASSWORD, "khác"), ("ngắn", "ngắn"), (EMAIL, EMAIL)):
        assert client.post("/lien-ket", data={"mat-khau-moi": new, "nhac-lai": again}).status_code == 422
    came = client.post("/lien-ket", data={"mat-khau-moi": PASSWORD, "nhac-lai": PASSWORD})
    assert came.headers["location"] == "/viec"
    assert client.get("/viec").status_code == 200
    client.post("/dang-xuat")
    assert sign_in(client).status_code == 303


def test_an_invitation_without_a_password(registered: Engine, client: TestClient) -> None:
    invited = person(registered, EMAIL, None)
    seated(registered, invited, SeatRole.CLERK, OTHER)
    client.get(f"/lien-ket/{a_link(registered, invited, LinkPurpose.INVITATION)}")
    assert client.post("/lien-ket", data={"cach": "khong"}).headers["location"] == "/viec"
    assert client.get("/viec").status_code == 200


def test_a_link_ends_the_sign_in_of_somebody_else(registered: Engine, client: TestClient, hoa: Hoa) -> None:
    sign_in(client)
    old = client.cookies["dondoc"]
    other = person(registered, "khac@stc.soctrang.example", None)
    seated(registered, other, SeatRole.CLERK, OTHER)
    client.get(f"/lien-ket/{a_link(registered, other)}")
    assert "phiên đó kết thúc" in client.get("/lien-ket").text
    client.post("/lien-ket")
    assert client.get("/viec").status_code == 200
    client.cookies.clear()
    client.cookies.set("dondoc", old)
    assert client.get("/viec").status_code == 303


def test_who_holds_no_seat_sees_the_own_account_only(registered: Engine, client: TestClient) -> None:
    person(registered)
    sign_in(client)
    assert client.get("/viec").headers["location"].startswith("/tai-khoan")
    assert "không giữ vị trí nào" in client.get("/tai-khoan").text
    assert client.post("/thu/chua-ro/gui-lai", data={"den": "1"}).status_code == 401


def test_another_set_of_seats_has_another_id(registered: Engine, client: TestClient, hoa: Hoa) -> None:
    sign_in(client)
    before = client.cookies["dondoc"]
    assert client.get("/viec").status_code == 200
    assert client.cookies["dondoc"] == before
    seated(registered, hoa.id, SeatRole.CLERK, OTHER)
    assert client.get("/viec").status_code == 200
    assert client.cookies["dondoc"] != before
    assert client.get("/viec").status_code == 200
    client.cookies.clear()
    client.cookies.set("dondoc", before)
    assert client.get("/viec").status_code == 303


def test_the_own_account(registered: Engine, office: Office, client: TestClient, hoa: Hoa) -> None:
    with browser(registered, office) as elsewhere:
        sign_in(client)
        sign_in(elsewhere)
        page = client.get("/tai-khoan").text
        assert page.count("/cham-dut") == 2  # the other one, and all others
        assert client.post("/tai-khoan/phien/khac/cham-dut").status_code == 303
        assert elsewhere.get("/viec").status_code == 303
        sign_in(elsewhere)
        new = {"mat-khau-moi": "một câu rất dài khác", "nhac-lai": "một câu rất dài khác"}
        assert client.post("/tai-khoan/mat-khau", data=new).status_code == 303  # a fresh sign-in
        assert client.get("/viec").status_code == 200
        assert elsewhere.get("/viec").status_code == 303
        assert sign_in(elsewhere).status_code == 422
        assert sign_in(elsewhere, password="một câu rất dài khác").status_code == 303


def test_an_old_sign_in_changes_the_password_by_the_old_one_only(
    registered: Engine, client: TestClient, hoa: Hoa
) -> None:
    """Else whoever finds a browser open has the account. Break: take every sign-in for a fresh one."""
    sign_in(client)
    new = {"mat-khau-moi": "một câu rất dài khác", "nhac-lai": "một câu rất dài khác"}
    with registered.begin() as connection:
        connection.execute(sa.update(SignedIn).values(began_at=NOW - timedelta(minutes=11)))
    for old in ({}, {"mat-khau-cu": "sai bét cả rồi"}):
        answer = client.post("/tai-khoan/mat-khau", data=new | old)
        assert (answer.status_code, "Mật khẩu hiện tại không đúng" in answer.text) == (422, True)
    assert client.post("/tai-khoan/mat-khau", data=new | {"mat-khau-cu": PASSWORD}).status_code == 303


def test_a_browser_that_is_trusted_is_trusted_for_its_person(registered: Engine, client: TestClient) -> None:
    """A leader is asked on a new device. Break: leave the device out, or take any."""
    chief, other = (person(registered, f"{name}@stc.soctrang.example") for name in ("truong", "pho"))
    for one in (chief, other):
        seated(registered, one, SeatRole.HEAD, OTHER)
        _, codes = telephone(registered, one)
        sign_in(client, "truong@stc.soctrang.example" if one == chief else "pho@stc.soctrang.example", HOAS)
        assert client.get("/viec").headers["location"].startswith("/dang-nhap/ma")
        if one == chief:
            client.post("/dang-nhap/ma", data={"ma": codes[0], "tin-cay": "1"})
            client.post("/dang-xuat")
    client.post("/dang-xuat")  # the other one came on the device of the first, and was asked
    assert client.cookies["dondoc-thiet-bi"]
    sign_in(client, "truong@stc.soctrang.example", HOAS)
    assert client.get("/viec").status_code == 200
    client.cookies.delete("dondoc-thiet-bi")
    assert client.get("/viec").status_code == 303


def test_signing_out(client: TestClient, hoa: Hoa) -> None:
    assert client.post("/dang-xuat").headers["location"] == "/dang-nhap?xong=dang-xuat"
    sign_in(client)
    assert client.get("/dang-xuat").status_code == 405
    out = client.post("/dang-xuat")
    assert "cache" in out.headers["clear-site-data"]
    assert client.get("/viec").status_code == 303
    assert "Bạn đã đăng xuất" in client.get(out.headers["location"]).text


def test_a_link_is_asked_for(client: TestClient, hoa: Hoa) -> None:
    answers = [client.post("/dang-nhap/lien-ket", data={"email": one}) for one in (EMAIL, "ai@o.dau.example")]
    assert {one.headers["location"] for one in answers} == {"/dang-nhap?xong=lien-ket"}
    assert client.post("/dang-nhap/lien-ket", data={"email": ""}).status_code == 422


@pytest.mark.parametrize("what", ["gone", "another seat", "signed out", "nothing"])
def test_a_form_that_arrives_for_long_is_of_whoever_is_there_at_its_end(
    registered: Engine, client: TestClient, hoa: Hoa, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """8 kB/s are enough to keep a line: an hour for what may be sent. Break: ask at the beginning only."""
    monkeypatch.setattr(fields, "_LONG", -1.0)
    sign_in(client)
    assert client.get("/viec").status_code == 200
    happens: dict[str, Callable[[], object]] = {
        "gone": lambda: deactivated(registered, hoa.id),
        "another seat": lambda: seated(registered, hoa.id, SeatRole.CLERK, OTHER),
        "signed out": lambda: end_all(registered, hoa.id, NOW),
        "nothing": lambda: None,
    }
    real = fields.read_form

    async def slow(*args: object) -> object:
        form = await real(*args)  # type: ignore[arg-type]
        happens[what]()
        return form

    monkeypatch.setattr(fields, "read_form", slow)
    sent = {"tu-ngay": "20/12/2022", "ghi-chu": "Đi <họp>"}
    answer = client.post("/vang-mat", data=sent)
    assert answer.status_code == (409 if what == "nothing" else 401)
    assert "Đi &lt;họp&gt;" in answer.text
    assert ("phiên đăng nhập đã kết thúc hoặc vị trí" in answer.text) is (what != "nothing")


def test_an_invitation_opens_after_a_busy_moment(
    registered: Engine, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break: use the link before the password is hashed."""
    invited = person(registered, EMAIL, None)
    seated(registered, invited, SeatRole.CLERK, OTHER)
    client.get(f"/lien-ket/{a_link(registered, invited, LinkPurpose.INVITATION)}")

    def busy(_password: bytes) -> str:
        raise hashing.Busy("Nhiều người đang đăng nhập cùng lúc.")

    new = {"mat-khau-moi": PASSWORD, "nhac-lai": PASSWORD}
    with monkeypatch.context() as patch:
        patch.setattr(hashing, "hashed", busy)
        answer = client.post("/lien-ket", data=new)
    assert (answer.status_code, "Nhiều người đang đăng nhập" in answer.text) == (429, True)
    assert client.post("/lien-ket", data=new).status_code == 303
