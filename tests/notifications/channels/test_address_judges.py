"""The rules' spelling of an address and the plugin's own are the same, and the plugin has the last word."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import get_settings
from notifications.channels import registry
from notifications.channels.frame.base import OfficeChannel
from rules.outbox.address_spelling import normalised

_LOCALS = st.from_regex(r"[A-Za-z0-9+_=%'-]{1,12}", fullmatch=True)
_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="<>"), max_size=9
)


def plugin_of(url: str) -> OfficeChannel | None:
    return registry._ours(registry.our_channels()[url.partition(":")[0]], url)


@given(_LOCALS, _NAMES, st.lists(_LOCALS, max_size=2, unique=True))
def test_the_kept_spelling_is_the_plugins_own(local: str, name: str, others: list[str]) -> None:
    path = "".join(f"/{other.replace('%', '%25')}%40b.example" for other in others)
    kept = normalised(f"smtpmail://{local.replace('%', '%25')}@A.example{path}")
    plugin = plugin_of(kept)
    assert plugin is not None
    assert plugin.url() == kept
    named = normalised(f"{name} <{local}@a.example>")
    shown = plugin_of(named)
    assert shown is not None
    assert shown.url() == named


@pytest.fixture
def _stock_too(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DONDOC_ADDRESS_SCHEMAS", "smtpmail, emlfolder, zalooa, json, tgram")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("_stock_too")
@pytest.mark.parametrize(
    "url",
    ["smtpmail://a@b.example?name=A", "emlfolder://a@b.example", "zalooa://1/2/3", "json://h.example/x", "tgram://123456789:abcdefg_hijklmnop/12315544/"],
)  # fmt: skip
def test_what_a_plugin_takes(url: str) -> None:
    assert registry.why_no_address(url) is None


@pytest.mark.usefixtures("_stock_too")
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("smtpmail://" + "a" * 65 + "@b.example", "không hợp lệ"),
        ("smtpmail://a@b.example/c", "không hợp lệ"),
        ("smtpmail://a:geheim@b.example", "không hợp lệ"),
        ("zalooa://1", "không hợp lệ"),
        ("tgram://geheim", "không hợp lệ"),
        ("van-thu@b.example", "không có kênh"),
        ("smptmail://a@b.example", "có phải «smtpmail://»"),
    ],
)
def test_what_no_plugin_takes(url: str, words: str) -> None:
    said = registry.why_no_address(url)
    assert said is not None
    assert words in said
    assert "geheim" not in said
