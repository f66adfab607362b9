"""What a person's page tells of her account, and a second factor that is taken away there."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.sign_in import Credential, PersonLink, RecoveryCode, SignedIn
from models.trail.rows import TrailRow
from rules.sign_in.words import LinkPurpose, SignInWay
from rules.trail.words import TrailWhat
from tests.cast import change, rows
from tests.web.as_person import signed_in
from tests.web.conftest import NOW
from tests.web.people.test_people import ADMIN, HEAD, SECRETARY


def facts(text: str) -> dict[str, str]:
    """What the section of the account says."""
    section = text.partition('id="tai-khoan"')[2].partition("</section>")[0]
    return {
        name: re.sub("<[^>]*>", "", said)
        for name, said in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section)
    }


def test_what_there_is_of_an_account(staffed: TestClient, registered: Engine) -> None:
    """Seen red with each condition of the page turned round, and with an offered telephone that counts."""
    made: dict[str, Any] = {"person_id": HEAD, "purpose": LinkPurpose.INVITATION, "made_at": NOW}

    def shown() -> str:
        with signed_in(staffed, registered, ADMIN):
            return staffed.get(f"/nguoi-dung/{HEAD}").text

    assert "Chưa có tài khoản: chưa được mời lần nào." in shown()
    with unit_of_work(registered) as session:
        session.add(Credential(person_id=HEAD, totp_secret="BI-MAT"))
        session.add(PersonLink(**made, expires_at=NOW, revoked_at=NOW))
        session.add(PersonLink(id=7, **made, expires_at=NOW + timedelta(days=7)))
        session.add(PersonLink(**made | {"purpose": LinkPurpose.SIGN_IN}, expires_at=NOW, used_at=NOW))
    moment = "09:00, 19/12/2022"
    assert facts(shown()) == {
        "Lời mời gần nhất": f"gửi lúc {moment}; chưa dùng, có hiệu lực đến 09:00, 26/12/2022",
        "Mật khẩu": "chưa đặt; đăng nhập bằng liên kết gửi qua thư điện tử",
        "Xác thực hai bước": "chưa bật",
    }
    change(registered, PersonLink, 7, expires_at=NOW)
    assert facts(shown())["Lời mời gần nhất"].endswith("chưa dùng, đã hết thời hạn")
    change(registered, PersonLink, 7, revoked_at=NOW)
    assert facts(shown())["Lời mời gần nhất"].endswith("đã thu hồi")
    change(registered, PersonLink, 7, used_at=NOW)
    change(registered, Credential, HEAD, password="BI-MAT", password_at=NOW, totp_at=NOW)
    with unit_of_work(registered) as session:
        session.add(RecoveryCode(person_id=HEAD, code="BI-MAT-1"))
        session.add(RecoveryCode(person_id=HEAD, code="BI-MAT-2", used_at=NOW))
    text = shown()
    assert facts(text) == {
        "Lời mời gần nhất": f"gửi lúc {moment}; đã dùng lúc {moment}",
        "Mật khẩu": f"đã đặt lúc {moment}",
        "Xác thực hai bước": f"đang bật từ {moment}, còn 1 mã dự phòng",
    }
    assert "BI-MAT" not in text


def test_the_account_is_told_to_herself_and_to_who_keeps_people(
    staffed: TestClient, registered: Engine
) -> None:
    with unit_of_work(registered) as session:
        session.add_all(Credential(person_id=one, totp_at=NOW, totp_secret="X") for one in (ADMIN, HEAD))
    offered = {}
    for person in (ADMIN, SECRETARY, HEAD):
        with signed_in(staffed, registered, person):
            text = staffed.get(f"/nguoi-dung/{HEAD}").text
            offered[person] = ("Xác thực hai bước" in text, "Gỡ mã xác thực" in text)
    assert offered == {ADMIN: (True, True), SECRETARY: (False, False), HEAD: (True, False)}
    with signed_in(staffed, registered, ADMIN):
        assert "Gỡ mã xác thực" not in staffed.get(f"/nguoi-dung/{ADMIN}").text


def test_a_lost_telephone(staffed: TestClient, registered: Engine) -> None:
    """What the action does besides: ``tests/flows/people/test_taken_away.py``."""
    with unit_of_work(registered) as session:
        session.add_all(Credential(person_id=one, totp_at=NOW, totp_secret="X") for one in (ADMIN, HEAD))
    seen = {"way": SignInWay.PASSWORD, "began_at": NOW, "seen_at": NOW}
    with unit_of_work(registered) as session:
        session.add_all(SignedIn(digest=f"{one}", person_id=one, **seen) for one in (ADMIN, HEAD))
    with signed_in(staffed, registered, ADMIN):
        own = staffed.post(f"/nguoi-dung/{ADMIN}/go-ma-xac-thuc")
        assert (own.status_code, "Không tự gỡ mã xác thực của mình" in own.text) == (409, True)
        assert "Đã gỡ mã xác thực" in staffed.post(f"/nguoi-dung/{HEAD}/go-ma-xac-thuc").text
        again = staffed.post(f"/nguoi-dung/{HEAD}/go-ma-xac-thuc")
        assert (again.status_code, "chưa có mã xác thực" in again.text) == (409, True)
    assert [row.totp_at is None for row in rows(registered, Credential)] == [False, True]
    assert [row.ended_at is None for row in rows(registered, SignedIn)] == [True, False]
    [told] = rows(registered, TrailRow, TrailRow.what == TrailWhat.CREDENTIAL)
    assert (told.person_id, told.noun_key, told.data["what"]) == (ADMIN, str(HEAD), "totp removed")
