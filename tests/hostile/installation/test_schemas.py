"""Which addresses the office lets out: its schemas, and nothing that weakens or reads what is ours."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.agencies import SHIPPED_REGISTER, load_register
from config.files.errors import ConfigError
from config.settings import Settings, get_settings
from flows.actions.people.register_contacts import checked_contacts
from flows.cli import app
from notifications.channels import registry
from notifications.outbox.parcel import Letter, Parcel
from rules.letter_words import OutcomeClass
from rules.outbox.stock_addresses import NO_DELIVERY

LETTER = Parcel(Letter("Chủ đề", "nội dung", "<p>x</p>", "ngắn"), "<a@b.example>")
OFFICE = "smtpmail, emlfolder, zalooa"


@pytest.fixture
def let_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def change(schemas: str) -> None:
        monkeypatch.setenv("DONDOC_ADDRESS_SCHEMAS", schemas)
        get_settings.cache_clear()

    yield change
    get_settings.cache_clear()


def test_ours_are_let_out_by_default_and_nothing_else() -> None:
    assert registry.why_no_address("smtpmail://a@b.example") is None
    for url in (
        "json://hook.example/x",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
        "mailto://u:p@mail.example",
    ):
        said = registry.why_no_address(url)
        assert said is not None
        assert "DONDOC_ADDRESS_SCHEMAS" in said
        outcome = registry.post(url, LETTER)
        assert (outcome.kind, outcome.code, outcome.dead_address) == (OutcomeClass.NEVER, "schema", True)


def test_the_setting_decides_about_ours_too(let_out: Callable[[str], None]) -> None:
    let_out("zalooa, JSON://")
    assert registry.why_no_address("json://hook.example/x") is None
    assert registry.post("emlfolder://a@b.example", LETTER).code == "schema"


def test_the_import_names_the_line(tmp_path: Path, let_out: Callable[[str], None]) -> None:
    let_out(OFFICE)
    text = SHIPPED_REGISTER.read_text(encoding="utf-8")
    file = tmp_path / "so.yaml"
    old = "smtpmail://van-thu@stc.soctrang.example"
    assert text.count(old)
    file.write_text(text.replace(old, "jsons://hook.example/khoa-bi-mat", 1), encoding="utf-8")
    [line] = [n for n, one in enumerate(file.read_text("utf-8").splitlines(), 1) if "jsons:" in one]
    with pytest.raises(ConfigError, match=f"dòng {line}, trường contacts.*«jsons»") as refused:
        checked_contacts(load_register(file).contacts)
    assert "khoa-bi-mat" not in str(refused.value)


def test_what_only_writes_on_this_machine_is_no_delivery(let_out: Callable[[str], None]) -> None:
    """Apprise's plugins whose whole address may be a schema have nobody to reach: a new one is found here."""
    from apprise.manager_plugins import NotificationManager

    known = NotificationManager()
    alone = {
        schema
        for schema in known.schemas()
        if any(re.fullmatch(r"\{schema\}://_?/?", template) for template in known[schema].templates)
    }
    assert alone <= NO_DELIVERY
    assert {"syslog", "dbus", "windows"} <= alone
    let_out(OFFICE)
    for schema in sorted(NO_DELIVERY):
        outcome = registry.post(f"{schema}://", LETTER)
        assert (outcome.kind, outcome.code) == (OutcomeClass.NEVER, "schema")
        with pytest.raises(ValueError, match=f"«{schema}» chỉ ghi vào nhật ký"):
            Settings(address_schemas=(schema,))


@pytest.mark.parametrize(
    "query",
    [
        "verify=no", "verify=No", "VERIFY=no", "verify=false", "verify=0", "verify=%6Eo", "verify=off",
        "verify=never", "verify=yes&verify=no", "verify=no&verify=yes", "verify=%20no",
        "+verify=no&verify=no", "redirect=yes", "redirect=1", "mode=insecure", "keyfile=/etc/passwd",
        "subfile=x", "pgp=yes", "pgpkey=/etc/passwd", "attach=/etc/passwd", "a=file:///etc/passwd",
        ":x=file:///etc/passwd",
    ],
)  # fmt: skip
def test_an_option_that_weakens_or_reads_is_refused(query: str, let_out: Callable[[str], None]) -> None:
    let_out("jsons")
    url = f"jsons://hook.example/x?{query}"
    assert registry.why_no_address(url) is not None
    outcome = registry.post(url, LETTER)
    assert (outcome.kind, outcome.code) == (OutcomeClass.NEVER, "option")


@pytest.mark.parametrize(
    "url",
    [
        "workflows://hook.example/w/s?template={file}",
        "tgram://123456789:abcdefg_hijklmnop/1/?template={file}",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/?template={file}",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?template={file}",
        "fcm://project@ABCD/device?mode=oauth2&keyfile={file}",
        "vapid://user@example.com/x@y.example?keyfile={file}&subfile={file}",
    ],
)
def test_a_plugin_that_would_read_a_file_is_refused(
    url: str, tmp_path: Path, let_out: Callable[[str], None]
) -> None:
    let_out("workflows, tgram, slack, discord, fcm, vapid")
    file = tmp_path / "x.json"
    file.write_text("{}")
    said = registry.why_no_address(url.format(file=file))
    assert said is not None
    assert registry.post(url.format(file=file), LETTER).kind is OutcomeClass.NEVER


def test_a_setting_that_is_no_list_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("SCHEMAS", "a b"),
        ("SCHEMAS", "json://x"),
        ("INSIDE", "10.0.0.0/99"),
        ("INSIDE", "http://x"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(f"DONDOC_ADDRESS_{name}", value)
            with pytest.raises(ConfigError, match=f"DONDOC_ADDRESS_{name}: chỉ gồm"):
                get_settings.__wrapped__()


def test_the_command_refuses_the_register_with_its_line(
    tmp_path: Path, let_out: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_out("json, smtpmail, emlfolder, zalooa")
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    get_settings.cache_clear()
    file = tmp_path / "so.yaml"
    text = SHIPPED_REGISTER.read_text(encoding="utf-8")
    old = "smtpmail://van-thu@stc.soctrang.example"
    file.write_text(text.replace(old, "json://169.254.169.254/khoa-bi-mat", 1), encoding="utf-8")
    assert CliRunner().invoke(app, ["migrate"]).exit_code == 0
    result = CliRunner().invoke(app, ["import", "agencies", str(file)])
    assert result.exit_code == 2
    assert "DONDOC_ADDRESS_INSIDE" in result.stderr.replace("\n", "")
    assert "khoa-bi-mat" not in result.stderr
