"""Shipped settings and a draft with pieces put in, taken out or said twice: refused with a place, or taken.

Never another error than a refusal; the longer search is that of the fuzz suite.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.agencies import SHIPPED_REGISTER, load_register
from config.committee import POLICY_FILE, load_policy
from config.files.toml_source import toml_values
from config.work_calendar import FOLDER, load_calendar
from flows.actions.reading.draft_file import parse_draft, parse_first_reading
from rules.people.registry import Registry
from rules.refusal import Refusal
from tests.flows.terminal.odd_words import sample_draft
from tests.hostile.settings.small_register import SMALL_REGISTER

TOML = 'smtp_host = "mail.example"\nsmtp_port = 25\nsmtp_timeout = 20.5\nclock_leap_days = 15\n'
SCRAPS = [
    "*", "&a ", "!!x ", "<<: ", "[", "{", "}", "]", '"', "'", "\\", "\n", "\r", "\t", ": ", "- ", "? ", "%",
    "\0", "\x1b", "\ufeff", "\ud800", "\u2028", "9" * 400, "-1", "1e999", "NaN", ".inf", "0x_", "1:99", "~",
    "2022-02-30", "9999-12-31", "é" * 70, "[" * 900, '"\\ud800"', "---\n", "null", "true",
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """``text`` with a few pieces put in, taken out or said twice."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 0, 1, 5, 40]))
        scrap = draw(st.sampled_from(SCRAPS) | st.just(text[at : at + 30]))
        text = text[:at] + scrap + text[at + gone :]
    return text


MUTATED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
YAML = {
    "policy": (POLICY_FILE.read_text(encoding="utf-8"), load_policy),
    "calendar": ((FOLDER / "2026.yaml").read_text(encoding="utf-8"), lambda path: load_calendar(path.parent)),
    "register": (SMALL_REGISTER, load_register),
    "toml": (TOML, toml_values),
}


def _refusal(load: Callable[[], Any]) -> list[str]:
    """The lines of the refusal; none if there is none. Any other error is a fault of ours."""
    try:
        load()
    except Refusal as refused:
        return str(refused).splitlines()
    return []


@pytest.mark.parametrize("kind", YAML)
@MUTATED
@given(data=st.data())
def test_a_spoilt_file_is_refused_with_a_line_or_taken(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    text, load = YAML[kind]
    path = tmp_path / "2026.yaml"
    path.write_bytes(data.draw(spoilt(text)).encode("utf-8", "surrogatepass"))
    said = _refusal(lambda: load(path))
    assert all(", dòng " in line and line.isprintable() for line in said)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load_register(SHIPPED_REGISTER).bodies)


@settings(MUTATED, max_examples=15)
@given(data=st.data())
def test_a_spoilt_draft_is_refused_with_a_place_or_taken(registry: Registry, data: st.DataObject) -> None:
    text = data.draw(spoilt(sample_draft()))
    data = text.encode("utf-8", "surrogatepass")
    said = _refusal(lambda: (parse_first_reading(data, "x.json"), parse_draft(data, "x.json", registry)))
    assert all(line.startswith("Tệp “x.json”, ") and line.isprintable() for line in said)
