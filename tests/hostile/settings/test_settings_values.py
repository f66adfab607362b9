"""Numbers, hours, days and names of the settings have limits, each field of them; the environment too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from config import agencies
from config.agencies import load_register
from config.committee import POLICY_FILE, Policy, load_policy
from config.files.errors import ConfigError
from config.settings import Settings, get_settings
from config.work_calendar import YearFile, load_calendar
from flows.actions.reading.draft_file import parse_draft
from flows.actions.reading.draft_form import DraftError, DraftForm
from rules.people.registry import Registry
from tests.hostile.settings.small_register import SMALL_REGISTER

POLICY = POLICY_FILE.read_text(encoding="utf-8")
CALENDAR = 'year: 2026\ndays_off:\n  "2026-01-01": Tết\nworked: ["2026-01-10"]\n'


def _faults(place: str, schema: dict[str, Any]) -> Iterator[str]:
    """Numbers without both limits and lists without a length, anywhere in a model's schema."""
    if schema.get("type") in ("integer", "number"):
        low = {"minimum", "exclusiveMinimum"} & schema.keys()
        if not low or not {"maximum", "exclusiveMaximum"} & schema.keys():
            yield place
    if schema.get("type") == "array" and "maxItems" not in schema:
        yield place
    for name, part in schema.items():
        if isinstance(part, dict):
            yield from _faults(f"{place}.{name}", part)
        elif isinstance(part, list):
            for one in part:
                yield from _faults(f"{place}.{name}", one) if isinstance(one, dict) else ()


#: Lists with a limit of their own: steps upward (MOST_STEPS) are counted by a check that says why.
COUNTED_OTHERWISE = {"Climbing.properties.by_time", "Climbing.properties.by_count"}


@pytest.mark.parametrize("model", [Policy, YearFile, agencies._RegisterForm, Settings, DraftForm])
def test_every_number_and_list_has_limits(model: type[BaseModel]) -> None:
    """Found by the schema, so a new field is included. Break: take ``le`` from any field."""
    schema = model.model_json_schema()
    found = {one.removeprefix("$defs.") for part in (schema, schema.get("$defs", {})) for one in _whole(part)}
    assert found - COUNTED_OTHERWISE == set()


def _whole(schema: dict[str, Any]) -> Iterator[str]:
    for name, part in schema.items():
        if isinstance(part, dict):
            yield from _faults(name, part)


@pytest.mark.parametrize(
    "wrong", ["99999999999", "-1", "9" * 17, "1.5", "[]", "null", "0x10", ".inf", "1:99"]
)
def test_no_number_of_the_policy_takes_it(tmp_path: Path, wrong: str) -> None:
    """Each number of the shipped file in turn."""
    path = tmp_path / "committee.yaml"
    for number, line in enumerate(POLICY.splitlines(), 1):
        name, colon, value = line.partition(": ")
        if not colon or not value.split("#")[0].strip().isdigit():
            continue
        rows = POLICY.splitlines()
        rows[number - 1] = f"{name}: {wrong}"
        path.write_text("\n".join(rows), encoding="utf-8")
        with pytest.raises(ConfigError) as refused:
            load_policy(path)
        assert f", dòng {number}, trường " in str(refused.value), line


@pytest.mark.parametrize(
    ("text", "old", "new", "words"),
    [
        (POLICY, "[1, 5, 30, 120]", f"[{', '.join(['1'] * 21)}]", "danh sách quá dài, nhiều nhất 20 phần tử"),
        (POLICY, "van-thu: [5, 3, 1]", f"van-thu: [{', '.join(map(str, range(40, 0, -1)))}]", "quá dài"),
        (POLICY, 'quiet_to: "07:00"', 'quiet_to: "24:00"', "giờ không hợp lệ"),
        (POLICY, 'quiet_to: "07:00"', 'quiet_to: "٠٧:٠٠"', "giờ không hợp lệ"),
        (POLICY, "rows_per_letter: 100", "rows_per_letter: 1001", "số quá lớn, nhiều nhất là 1000"),
        (CALENDAR, "year: 2026", "year: 1999", "số quá nhỏ, ít nhất là 2000"),
        (CALENDAR, "year: 2026", "year: 2101", "số quá lớn, nhiều nhất là 2100"),
        (CALENDAR, '"2026-01-10"', '"9999-12-31"', "ngày phải trong các năm 1900–2100"),
        (CALENDAR, '"2026-01-10"', "20260110", "ngày không hợp lệ"),
        (CALENDAR, '"2026-01-10"', '"20260110"', "ngày không hợp lệ"),
        (CALENDAR, '"2026-01-10"', '"1768003200"', "ngày không hợp lệ"),
        (CALENDAR, '"2026-01-10"', '"2026-01-10T00:00:00"', "ngày không hợp lệ"),
        (CALENDAR, '"2026-01-10"', '"٢٠٢٦-٠١-١٠"', "ngày không hợp lệ"),
        (CALENDAR, '["2026-01-10"]', f"[{', '.join(['2026-01-10'] * 400)}]", "quá dài, nhiều nhất 366"),
        (CALENDAR, "Tết", "T" * 501, "dài quá 500 ký tự"),
        (SMALL_REGISTER, "valid_from: 2025-03-01", "valid_from: 1740787200", "ngày không hợp lệ"),
        (SMALL_REGISTER, "valid_from: 2025-03-01", "valid_from: 0001-01-01", "1900–2100"),
        (SMALL_REGISTER, "on: 2025-07-01", "on: 9999-12-31", "1900–2100"),
        (SMALL_REGISTER, "from: 2025-01-01", "from: 2025-02-30", "ngày không hợp lệ"),
        (SMALL_REGISTER, "name: Sở A", f"name: {'A' * 501}", "dài quá 500 ký tự"),
        (SMALL_REGISTER, "name: Sở A", 'name: " … "', "phải có chữ hoặc chữ số"),
        (SMALL_REGISTER, "id: b,", f"id: {'b' * 65},", "dài quá 64 ký tự"),
        (SMALL_REGISTER, "kind: so", f"kind: so\n    aliases: [{', '.join(['x'] * 501)}]", "nhiều nhất 500"),
        (SMALL_REGISTER, '["smtpmail://van-thu@a.example"]', f"[{', '.join(['x'] * 21)}]", "nhiều nhất 20"),
        (SMALL_REGISTER, "label: Văn thư", f"label: {'A' * 501}", "dài quá 500 ký tự"),
        (SMALL_REGISTER, "upper: a", f"upper: {'q' * 1_000}", f"“{'q' * 60}…”"),
    ],
)  # fmt: skip
def test_a_value_out_of_range_names_its_line(
    tmp_path: Path, text: str, old: str, new: str, words: str
) -> None:
    assert text.count(old) == 1
    path = tmp_path / "2026.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    load: Any = load_calendar if text is CALENDAR else load_policy if text is POLICY else load_register
    with pytest.raises(ConfigError) as refused:
        load(tmp_path if text is CALENDAR else path)
    line = text[: text.index(old)].count("\n") + 1 + new.count("\n")
    assert f", dòng {line}, trường " in str(refused.value)
    assert words in str(refused.value)


def test_a_register_of_members_alone_and_of_rings_is_searched(tmp_path: Path) -> None:
    """An automaton of no names raised; who succeeds or contains itself is not followed for ever."""
    path = tmp_path / "register.yaml"
    path.write_text(
        SMALL_REGISTER.replace("kind: so", "kind: thanh-vien").replace("kind: tap-the", "kind: thanh-vien")
        + "",
        encoding="utf-8",
    )
    assert Registry(load_register(path).bodies).as_of(None).mentions("Sở A báo cáo") == []
    ring = "    successions: [{to: b, on: 2025-07-01}]"
    path.write_text(
        SMALL_REGISTER.replace(ring, ring.replace("to: b", "to: a"))
        .replace("members: [a, {id: a, from: 2025-01-01}]", "members: [b]")
        .replace("    kind: so\n", "    kind: so\n    represents: a\n"),
        encoding="utf-8",
    )
    registry = Registry(load_register(path).bodies)
    assert registry.successors("a", None)[0].body_id == "a"
    assert registry.members("b", None) == ("b",)


DRAFT = (
    '{"document": {"kind": "notice", "number": "1", "date": "2022-08-25", "issuer": null}, "directives": []}'
)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2022-08-25", "9999-12-31", "trường document.date: ngày phải trong các năm 2000–2100"),
        ("2022-08-25", "1999-12-31", "trường document.date: ngày phải trong các năm 2000–2100"),
        ('"1"', f'"{"1" * 201}"', "trường document.number: dài quá mức tiếp nhận"),
        ('"1"', '"\\udcff"', "trường document.number: có ký tự hỏng"),
        ('"number"', '"\\ud800"', "dòng 1: khóa «�» có ký tự hỏng"),
        ('"number"', f'"{"k" * 300}"', f"trường document.{'k' * 60}…: trường không có trong mẫu"),
        ("[]}", '[], "statements": [{"start": 99999999999, "end": 1, "mark": "no_task", "reason": "", '
         '"read_by": ""}]}', "trường statements.0.start: số quá lớn, nhiều nhất là 10000000"),
    ],
)  # fmt: skip
def test_a_draft_out_of_range_names_its_field(old: str, new: str, words: str) -> None:
    assert parse_draft(DRAFT, "x.json", Registry(())).document.number == "1"
    with pytest.raises(DraftError) as refused:
        parse_draft(DRAFT.replace(old, new, 1), "x.json", Registry(()))
    assert words in str(refused.value)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.chdir(tmp_path)
    get_settings.cache_clear()
    yield monkeypatch
    get_settings.cache_clear()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_no_setting_takes_broken_bytes_or_thousands_of_signs(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    """Bytes of the environment that are no UTF-8 arrive as halves of pairs; no value is repeated."""
    for value in ("\udcff", "9" * 5_000):
        environment.setenv(f"DONDOC_{name.upper()}", value)
        with pytest.raises(ConfigError) as refused:
            get_settings()
        assert f"DONDOC_{name.upper()}: " in str(refused.value)
        assert len(str(refused.value)) < 300
        assert value not in str(refused.value)


NUMBERS = (
    "smtp_port", "smtp_timeout", "zalo_timeout", "clock_leap_days", "sweep_every_seconds",
    "sign_in_idle_hours", "sign_in_days", "sign_in_link_minutes", "invitation_days", "trusted_device_days",
)  # fmt: skip


@pytest.mark.parametrize(
    "value", ["-1", "0", "nan", "inf", "-inf", "1e999", "9" * 25, "0x10", "1e99", "١" * 9]
)
def test_no_number_of_the_environment_is_out_of_range(environment: pytest.MonkeyPatch, value: str) -> None:
    for name in NUMBERS:
        environment.setenv(f"DONDOC_{name.upper()}", value)
    with pytest.raises(ConfigError) as refused:
        get_settings()
    assert [name for name in NUMBERS if f"DONDOC_{name.upper()}: phải" not in str(refused.value)] == []


def test_thousands_of_unknown_keys_are_told_in_a_few_words(environment: pytest.MonkeyPatch) -> None:
    Path("dondoc.toml").write_text("".join(f"k{n} = {n}\n" for n in range(3_000)), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        get_settings()
    assert str(refused.value).count("khóa không được biết đến") == 5
