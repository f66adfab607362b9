"""``dondoc check`` on how people come in: the address that letters carry, and who keeps the installation.

Seen red: with a host that is not compared; with proxies that nobody asks for; with an http address that is
taken; with admins of other days, without an account, or deactivated; with a second factor that was only
offered; with accounts that nobody looks for.
"""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.settings import Settings
from flows.actions.installation.check import admins, way_in
from flows.actions.installation.check.findings import Finding, FindingMark, Premises
from flows.actions.sign_in.second_factor import begin_totp
from models.db import unit_of_work
from models.tables.people import SeatRow
from models.tables.sign_in import Credential
from rules.people.seat_roles import SeatRole
from tests.cast import FINANCE, move_in
from tests.flows.sign_in.people import NOW, deactivated, person, seated

HOST, OUTSIDE = "don-doc.tinh.example", "https://don-doc.tinh.example"
GOOD, NOTE, WRONG = FindingMark
BINH = "binh@vp.soctrang.example"


def premises(engine: Engine | None = None, **more: Any) -> Premises:
    return Premises(Settings(**more), None, engine, NOW, {})


def told(found: list[Finding], mark: FindingMark = WRONG) -> str:
    """Words and mends of that mark."""
    return " ".join(f"{one.words} {one.mend}" for one in found if one.mark is mark)


def of_way_in(**more: Any) -> list[Finding]:
    return list(way_in.look(premises(**more)))


def of_admins(engine: Engine, base_url: str = OUTSIDE) -> list[Finding]:
    return list(admins.look(premises(engine, base_url=base_url)))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"base_url": "http://localhost:8000"},
        {"base_url": OUTSIDE, "hosts": HOST, "trusted_proxies": "127.0.0.1"},
        {
            "base_url": f"{OUTSIDE}:8443/don-doc",
            "hosts": f"khac.example,{HOST}",
            "trusted_proxies": "10.0.0.0/8",
        },
        {"base_url": "https://DON-DOC.tinh.example", "hosts": HOST, "trusted_proxies": "127.0.0.1"},
        {"base_url": "http://10.0.0.5:8000", "hosts": "10.0.0.5", "plain_lan": True},
        {"base_url": "https://[fd00::5]", "hosts": "[fd00::5]", "trusted_proxies": "::1"},
    ],
)
def test_a_way_in_that_is_whole(more: dict[str, Any]) -> None:
    found = of_way_in(**more)
    assert (told(found), len(told(found, GOOD)) > 0) == ("", True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"base_url": OUTSIDE, "trusted_proxies": "127.0.0.1"}, f"Thêm {HOST} vào DONDOC_HOSTS"),
        (
            {"base_url": OUTSIDE, "hosts": "khac.example", "trusted_proxies": "127.0.0.1"},
            f"DONDOC_HOSTS (khac.example) thiếu «{HOST}»",
        ),
        ({"base_url": OUTSIDE, "hosts": HOST}, "Đặt DONDOC_TRUSTED_PROXIES=127.0.0.1"),
        ({"base_url": OUTSIDE, "hosts": HOST, "plain_lan": True}, "Đặt DONDOC_TRUSTED_PROXIES=127.0.0.1"),
        ({"base_url": f"http://{HOST}", "hosts": HOST, "trusted_proxies": "127.0.0.1"}, "không phải https"),
        ({"hosts": HOST, "trusted_proxies": "127.0.0.1"}, f"Đặt DONDOC_BASE_URL=https://{HOST}"),
        ({"plain_lan": True}, "liên kết trong thư không mở được"),
    ],
)
def test_a_way_in_that_refuses_people(more: dict[str, Any], words: str) -> None:
    assert words in told(of_way_in(**more))


def test_a_plain_network_is_named(engine: Engine) -> None:
    more = {"base_url": "http://10.0.0.5:8000", "hosts": "10.0.0.5", "plain_lan": True}
    assert "không được bảo vệ" in told(of_way_in(**more), NOTE)


def test_settings_that_cannot_be_read_say_nothing_here() -> None:
    assert list(way_in.look(Premises(None, None, None, NOW, {}))) == []
    assert list(admins.look(premises())) == []


def test_no_account_yet(engine: Engine) -> None:
    """At this machine it is as it should be; where others are to come in, nobody can."""
    assert told(of_admins(engine, "http://127.0.0.1:8000")) == ""
    assert "--admin" in told(of_admins(engine, "http://127.0.0.1:8000"), NOTE)
    assert "trang từ chối mọi máy khác" in told(of_admins(engine))


def test_accounts_and_nobody_who_keeps_them(engine: Engine) -> None:
    move_in(engine)
    seated(engine, person(engine), SeatRole.OFFICER, FINANCE)
    without = person(engine, BINH, password=None)  # sits there, and cannot come in
    seated(engine, without, SeatRole.ADMIN, None)
    assert "Không quản trị hệ thống nào có tài khoản" in told(of_admins(engine))


@pytest.mark.parametrize("gone", ["deactivated", "over", "to come"])
def test_an_admin_of_another_day_is_none(engine: Engine, gone: str) -> None:
    admin = person(engine)
    seated(engine, admin, SeatRole.ADMIN, None)
    if gone == "deactivated":
        deactivated(engine, admin)
    else:
        days = {"valid_to": NOW.date() - timedelta(1), "valid_from": NOW.date() - timedelta(9)}
        other = days if gone == "over" else {"valid_from": NOW.date() + timedelta(1)}
        with unit_of_work(engine) as session:
            session.execute(sa.update(SeatRow).values(**other))
    assert "Không quản trị hệ thống nào có tài khoản" in told(of_admins(engine))


def test_the_second_factor_of_the_only_one(engine: Engine) -> None:
    admin = person(engine)
    seated(engine, admin, SeatRole.ADMIN, None)
    assert "Quản trị hệ thống duy nhất chưa có mã xác thực" in told(of_admins(engine))
    begin_totp(engine, admin, NOW)  # shown, and no code of it has come yet
    assert "Quản trị hệ thống duy nhất chưa có mã xác thực" in told(of_admins(engine))
    _confirmed(engine, admin)
    found = of_admins(engine)
    assert (told(found), "1 quản trị hệ thống có tài khoản" in told(found, GOOD)) == ("", True)
    assert "Nên có người thứ hai" in told(found, NOTE)


def test_several(engine: Engine) -> None:
    first, second = person(engine), person(engine, BINH)
    for one in (first, second):
        seated(engine, one, SeatRole.ADMIN, None)
    assert "Cả 2 quản trị hệ thống chưa có mã xác thực" in told(of_admins(engine))
    _confirmed(engine, first)
    found = of_admins(engine)
    assert (told(found), "1 trong 2 quản trị hệ thống" in told(found, NOTE)) == ("", True)
    _confirmed(engine, second)
    assert [one.mark for one in of_admins(engine)] == [GOOD]


def _confirmed(engine: Engine, admin: int) -> None:
    with engine.begin() as connection:
        mine = sa.update(Credential).where(Credential.person_id == admin)
        connection.execute(mine.values(totp_secret="JBSWY3DPEHPK3PXP", totp_at=NOW))
