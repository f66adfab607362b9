"""Addresses at the door: what no channel takes is refused, another spelling is the same row."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from config.agencies import SHIPPED_REGISTER, ContactEntry, RegisterFile
from config.files.errors import ConfigError
from config.settings import get_settings
from flows.actions.people.import_register import import_register
from flows.cli import app
from models.db import migrate
from models.tables.agencies import Contact, ContactAddress
from rules.outbox.address_spelling import WrongAddress, normalised
from rules.outbox.addresses import channel_of, identity_of
from tests.cast import FINANCE, change, dump, register, rows

OFFICE = "Phòng Hành chính"
KEPT = "smtpmail://hanh-chinh@so.gov.example"


def clerk(*urls: str, label: str = OFFICE) -> ContactEntry:
    return ContactEntry(FINANCE, "van-thu", label, tuple(map(read, urls)))


def read(typed: str) -> str:
    """A bare mailbox as the register's file is read; what no file may hold stays as it is."""
    try:
        return typed if "://" in typed else normalised(typed)
    except WrongAddress:
        return typed


def test_a_bare_mailbox_is_understood_in_the_file_only(sqlite_engine: Engine) -> None:
    bare = ContactEntry(FINANCE, "van-thu", OFFICE, ("hanh-chinh@so.gov.example",))
    with pytest.raises(ConfigError, match="chưa ghi kênh gửi"):
        import_register(sqlite_engine, with_contacts(bare))
    assert rows(sqlite_engine, ContactAddress) == []


def with_contacts(*contacts: ContactEntry) -> RegisterFile:
    return replace(register(), contacts=contacts)


def bring_in(engine: Engine, *urls: str) -> list[ContactAddress]:
    import_register(engine, with_contacts(clerk(*urls)))
    return sorted(rows(engine, ContactAddress), key=lambda row: row.position)


def older(engine: Engine, *urls: str) -> None:
    """Rows of a release that kept what was typed."""
    import_register(engine, with_contacts(clerk("x@so.gov.example")))
    with engine.begin() as connection:
        connection.execute(sa.delete(ContactAddress))
        for position, url in enumerate(urls):
            told = {"channel": channel_of(url), "identity": "as it was then"}
            connection.execute(
                sa.insert(ContactAddress).values(
                    contact_id=1, position=position, url=url, withdrawn=False, **told
                )
            )


@pytest.mark.parametrize(
    "typed",
    [
        "hanh-chinh@so.gov.example",
        "mailto:Hanh-chinh@so.gov.example",
        " SMTPMAIL://hanh-chinh@SO.gov.example ",
        "Phòng Hành chính <hanh-chinh@so.gov.example>",
    ],
)
def test_another_spelling_is_the_same_row(engine: Engine, typed: str) -> None:
    [before] = bring_in(engine, KEPT)
    [after] = bring_in(engine, typed)
    assert (after.id, after.withdrawn) == (before.id, False)
    assert after.url.startswith("smtpmail://")
    assert after.url.partition("?")[0].lower() == KEPT
    assert (after.channel, after.identity) == ("mail", "mailbox:hanh-chinh@so.gov.example")


def test_two_spellings_are_one_address_and_two_channels_are_two(sqlite_engine: Engine) -> None:
    folder = "emlfolder://hanh-chinh@so.gov.example"
    found = bring_in(sqlite_engine, KEPT, "Hanh-Chinh@so.gov.example", folder, KEPT + "?name=A")
    assert [row.url for row in found] == [KEPT, folder]


@pytest.mark.parametrize(
    "typed", ["hanh-chinh@so.gov.example", "smtpmail://HANH-CHINH@so.gov.example?name=P", " zalooa://1/2/"]
)
def test_a_row_of_an_older_release_is_known_by_what_it_reaches(engine: Engine, typed: str) -> None:
    older(engine, typed)
    [before] = rows(engine, ContactAddress)
    kept = "zalooa://1/2" if "zalooa" in typed else KEPT
    [after] = bring_in(engine, kept)
    assert (after.id, after.url) == (before.id, kept)
    assert (after.channel, after.identity) == (channel_of(kept), identity_of(kept))


def test_the_row_in_use_wins_and_its_twin_rests(engine: Engine) -> None:
    older(engine, KEPT, "smtpmail://hanh-chinh@SO.gov.example")
    withdrawn, used = sorted(row.id or 0 for row in rows(engine, ContactAddress))
    change(engine, ContactAddress, withdrawn, withdrawn=True)
    bring_in(engine, KEPT)
    found = {row.id: (row.withdrawn, row.url) for row in rows(engine, ContactAddress)}
    # Its twin bears the spelling already, and no contact has one URL twice.
    assert found == {withdrawn: (True, KEPT), used: (False, "smtpmail://hanh-chinh@SO.gov.example")}


def test_the_import_lifts_marks(engine: Engine) -> None:
    bring_in(engine, KEPT, "zalooa://1/2")
    for row in rows(engine, ContactAddress):
        change(engine, ContactAddress, row.id, unusable_since=date(2022, 8, 15), unusable_reason="Không có")
    first, second = bring_in(engine, "Hanh-chinh@so.gov.example")
    assert (first.unusable_since, first.unusable_reason) == (None, None)
    assert (second.withdrawn, second.unusable_since) == (True, date(2022, 8, 15))  # not in the file


def test_a_label_is_no_spelling_either(engine: Engine) -> None:
    import_register(engine, with_contacts(clerk(KEPT)))
    import_register(engine, with_contacts(clerk(KEPT, label="Pho\u0300ng  Hành chính ")))
    [contact] = rows(engine, Contact)
    assert (contact.id, contact.label, contact.active) == (1, OFFICE, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("smptmail://a@so.gov.example", "có phải «smtpmail://»"),
        ("emailfolder://a@so.gov.example", "có phải «emlfolder://»"),
        ("zaloao://1/2", "có phải «zalooa://»"),
        ("bocau://a@so.gov.example", "không có kênh gửi nào tên «bocau»"),
        ("tgram://khong-phai-ma", "kênh «tgram» chưa được cho phép"),
        ("smtpmail://a(b)@so.gov.example", "không hợp lệ với kênh"),
        ("zalooa://1/hai ba", "không hợp lệ với kênh"),
        ("hành-chính@so.gov.example", "có dấu"),
    ],
)
def test_what_no_channel_takes_is_refused_and_nothing_is_imported(
    sqlite_engine: Engine, typed: str, words: str
) -> None:
    import_register(sqlite_engine, with_contacts(clerk(KEPT)))
    before = dump(sqlite_engine)
    entries = (clerk("b@so.gov.example"), clerk(KEPT, typed, label="Phòng Hai"))
    with pytest.raises(ConfigError, match=words) as refused:
        import_register(sqlite_engine, with_contacts(*entries))
    assert str(refused.value).startswith(
        f"Đầu mối «Phòng Hai» (van-thu) của cơ quan {FINANCE}, địa chỉ thứ 2: "
    )
    assert dump(sqlite_engine) == before


def test_a_contact_named_twice_is_refused(sqlite_engine: Engine) -> None:
    with pytest.raises(ConfigError, match=f"«{OFFICE}».*đã ghi ở trên"):
        import_register(
            sqlite_engine, with_contacts(clerk(KEPT), clerk("b@so.gov.example", label=OFFICE + " "))
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The shipped register with two addresses that only a plugin can judge."""
    text = SHIPPED_REGISTER.read_text(encoding="utf-8")
    path = tmp_path / "so-co-quan.yaml"
    wrong = ("smptmail://van-thu@stc.soctrang.example", "tgram://khong-phai-ma")
    for old, new in zip(("smtpmail://van-thu@stc.", "emlfolder://van-thu@sct."), wrong, strict=True):
        at = text.index(old)
        text = text[:at] + new + text[text.index("\n", at) :]
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_names_the_lines_of_the_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrate(url)
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["import", "agencies", str(file)])
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [n for n, line in enumerate(lines, 1) if "smptmail" in line or "tgram" in line]
    assert result.exit_code == 2
    told = " ".join(result.stderr.split())
    assert all(f"dòng {place}, trường contacts." in told for place in places)
    assert "khong-phai-ma" not in told


def test_our_own_channels_load_no_plugin_of_apprise() -> None:
    code = (
        "import sys; from config.agencies import load_register;"
        "from flows.actions.people.register_contacts import checked_contacts;"
        "checked_contacts(load_register().contacts);"
        "sys.exit(sum(name.startswith('apprise.plugins.') for name in sys.modules) > 5)"
    )
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
