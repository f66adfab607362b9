"""Settings that can never work are refused at start, by name, without their value."""

import os
import re
from pathlib import Path

import pytest

from config.files.errors import ConfigError
from config.settings import Settings, get_settings

SECRET = "bí-mật-51c7"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # away from the developer's dondoc.toml
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)


def read(monkeypatch: pytest.MonkeyPatch, **values: object) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"DONDOC_{name.upper()}", str(value))
    return get_settings.__wrapped__()  # past its cache


def refusal(monkeypatch: pytest.MonkeyPatch, **values: object) -> str:
    with pytest.raises(ConfigError) as caught:
        read(monkeypatch, **values)
    return str(caught.value)


def test_the_defaults_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch).smtp_port == 25


REFUSED = {
    "database_url": ["", " "],
    "base_url": ["", "dondoc.example", "ftp://dondoc.example", "http://", "http:///nhiem-vu", "http://a b",
                 "https://dondoc.example:99999", "https://dondoc.example:x", "http://[::1", "http://x/?a=b",
                 "http://x/#a", "http://a..b", "javascript:alert(1)"],
    "zalo_api": ["", "zalo", "openapi.zalo.me", "https://", "https://openapi.zalo.me?x"],
    "mail_domain": ["", "văn-phòng.example", "a b", "a@b.example", ".example", "a..b", "https://a.example"],
    "smtp_host": ["", " ", "mail.example:587", "smtp://mail.example", "[::1]", "mail example", "a..b",
                  "-mail.example", "x" * 64 + ".example", "mail.example "],
    "smtp_port": ["0", "-1", "65536", "25.5", "sesame", ""],
    "smtp_security": ["", "ssl", "TLS1.2"],
    "smtp_timeout": ["0", "-1", "nan", "inf", "1e9", ""],
    "zalo_timeout": ["0", "-0.5", "nan", ""],
    "smtp_from": ["", "Văn phòng", "a@b@c <>", "a b@c.example", "văn.thư@a.example", "a@văn.example",
                  "Đôn Đốc <@a.example>", "Đôn Đốc <a@>", "a@b..example"],
    "letters_folder": ["", " "],
    "evidence_folder": ["", " "],
    "zalo_access_token": [f"{SECRET}", "a b", "a\nb"],
    "smtp_username": ["dôn-dốc"],
    "sweep_every_seconds": ["0", "-5", ""],
    "clock_leap_days": ["0", "-1", "367", "1.5", "nhiều", ""],
}  # fmt: skip


@pytest.mark.parametrize(("setting", "value"), [(name, value) for name in REFUSED for value in REFUSED[name]])
def test_what_can_never_work_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    said = refusal(monkeypatch, **{setting: value})
    assert f"DONDOC_{setting.upper()}: " in said
    assert said.count("DONDOC_") == 1
    assert SECRET not in said


ACCEPTED = {
    "base_url": ["http://127.0.0.1:8000", "https://dondoc.example/", "https://van-phong.example/don-doc",
                 "http://[::1]:80"],
    "mail_domain": ["localhost", "dondoc.example", "a-b.c_d.example"],
    "smtp_host": ["localhost", "mail", "mail.example", "mail.example.", "::1", "10.0.0.1", "thư.example",
                  "smtp_relay"],
    "smtp_port": ["1", "65535"],
    "smtp_timeout": ["0.2", "86400"],
    "smtp_from": ["a@b.example", "<a@b.example>", "Đôn Đốc <don-doc@dondoc.example>", "a+b@localhost",
                  "a@[10.0.0.1]", "a@[IPv6:::1]"],
    "smtp_username": ["", "don-doc@office.example"],
    "zalo_access_token": ["", "a.b-c_d~e/f+g="],
    "letters_folder": ["not-there-yet", "."],
}  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "value"), [(name, value) for name in ACCEPTED for value in ACCEPTED[name]]
)
def test_what_may_work_is_not_ours_to_refuse(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    read(monkeypatch, smtp_password="x", **{setting: value})


@pytest.mark.parametrize("setting", ["letters_folder", "evidence_folder"])
def test_a_folder_that_is_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str) -> None:
    (tmp_path / "thu").write_text("x")
    said = refusal(monkeypatch, **{setting: tmp_path / "thu"})
    assert f"DONDOC_{setting.upper()}" in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize("password", [None, "", "  "])
def test_a_user_name_without_password(monkeypatch: pytest.MonkeyPatch, password: str | None) -> None:
    values = {} if password is None else {"smtp_password": password}
    assert "DONDOC_SMTP_PASSWORD" in refusal(monkeypatch, smtp_username="don-doc", **values)


@pytest.mark.parametrize(
    ("host", "security", "fine"),
    [
        ("mail.example", "none", False),
        ("10.0.0.1", "none", False),
        ("localhost.example", "none", False),
        ("mail.example", "starttls", True),
        ("mail.example", "tls", True),
        ("localhost", "none", True),
        ("127.0.0.5", "none", True),
        ("::1", "none", True),
    ],
)
def test_no_password_in_clear_to_another_machine(
    monkeypatch: pytest.MonkeyPatch, host: str, security: str, fine: bool
) -> None:
    values = {"smtp_username": "don-doc", "smtp_password": "mat-khau-51c7", "smtp_host": host}
    if fine:
        assert read(monkeypatch, **values, smtp_security=security).smtp_host == host
        return
    said = refusal(monkeypatch, **values, smtp_security=security)
    assert "DONDOC_SMTP_SECURITY" in said
    assert "mã hoá" in said
    assert "51c7" not in said


def test_without_a_user_name_no_password_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, smtp_host="mail.example", smtp_password="x").smtp_security == "none"


def test_a_password_that_cannot_be_sent_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, smtp_username="don-doc", smtp_password=SECRET)
    assert "DONDOC_SMTP_PASSWORD" in said
    assert SECRET not in said


def test_all_that_is_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, smtp_port=0, smtp_from="x", zalo_timeout=-1)
    assert re.findall(r"DONDOC_(\w+)", said) == ["SMTP_PORT", "SMTP_FROM", "ZALO_TIMEOUT"]


def test_the_file_is_judged_like_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dondoc.toml").write_text(f'smtp_username = "a"\nsmtp_password = "{SECRET}"\n')
    assert SECRET not in refusal(monkeypatch)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('smtp_hots = "mail"', "«smtp_hots» (có phải «smtp_host»?)"),
        ('DONDOC_SMTP_HOST = "mail"', "«DONDOC_SMTP_HOST» (có phải «smtp_host»?)"),
        ("màu = 1".replace("màu", '"màu"'), "«màu»"),
        ('[mail]\nhost = "x"', "«mail»"),
    ],
)
def test_a_key_of_the_file_that_no_setting_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, named: str
) -> None:
    """Passed over in silence, a mistyped name left the office with the default."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dondoc.toml").write_text(line + "\n", encoding="utf-8")
    assert f"khóa không được biết đến {named}" in refusal(monkeypatch)
