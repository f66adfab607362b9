"""Files of settings and drafts that would hang or kill the command that reads them: refused, with their line.

Sizes here are those of the cases as they were found, or just over a limit of ours.
"""

import ast
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.agencies import load_register
from config.committee import load_policy
from config.files.errors import ConfigError
from config.files.json_text import JsonFault, json_value
from config.files.shown import shown_key
from config.files.toml_source import toml_values
from config.files.yaml_events import MOST_DEPTH, YamlFault
from config.files.yaml_lines import load_yaml
from config.work_calendar import load_calendar

PRODUCT = ("rules", "config", "models", "notifications", "flows", "web")
ROOT = Path(__file__).parents[3]
MERGE_BOMB = "a: &a {x: 1, y: 2}\n" + "".join(
    f"{here}: &{here} {{<<: [{','.join([f'*{before}'] * 9)}]}}\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (MERGE_BOMB, 1, "không dùng neo"),
        ("a: 1\nb: *a\n", 2, "không dùng neo"),
        ("a: 1\nb: {<<: {c: 1}}\n", 2, "không dùng «<<»"),
        ("a: 1\n<<: {c: 1}\n", 2, "không dùng «<<»"),
        ("a: 1\nb: !!int x\n", 2, "không dùng nhãn kiểu"),
        ("a: 1\nb: !!timestamp x\n", 2, "không dùng nhãn kiểu"),
        ("a: 1\nb: !!python/object/apply:os.system [id]\n", 2, "không dùng nhãn kiểu"),
        ("a: 1\nb: ! x\n", 2, "không dùng nhãn kiểu"),
        ("a: 1\n!!str b: 2\n", 2, "không dùng nhãn kiểu"),
        ("a: 1\nb: " + "[" * 100_000, 2, "lồng nhau quá"),
        ("a: 1\nb: " + "{c: " * 100_000, 2, "lồng nhau quá"),
        ("a: 1\n" + "- " * 100_000, 2, "sai cú pháp YAML"),
        ("- " * 100_000, 1, "lồng nhau quá"),
        ("".join(f"{' ' * n}a:\n" for n in range(200)), MOST_DEPTH + 1, "lồng nhau quá"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "tên trường phải là chữ"),
        ("a: 1\n? {b: c}\n: 2\n", 2, "tên trường phải là chữ"),
        ("a: 1\n7: 2\n", 2, "tên trường phải là chữ («7»)"),
        ("a: 1\n~: 2\n", 2, "tên trường phải là chữ"),
        ("a: 1\ntrue: 2\n", 2, "tên trường phải là chữ"),
        ("a: 1\n" + "b" * 300 + ": 2\n", 2, "tên trường dài quá"),
        ("a: 1\nb: 2\na: 3\n", 3, "«a» ghi hai lần"),
        ("a: 1\n'\\x1b': 2\nb: \"\\e[2J\"\n", 3, "U+001B"),
        ("a: 1\nb: " + "x" * 30_000, 2, "dài quá 20.000 ký tự"),
        ("a: 1\nb: " + "9" * 5_000, 2, "số quá lớn"),
        ("a: 1\nb: -" + "9" * 19, 2, "số quá lớn"),
        ("a: 1\nb: 1.0e999\n", 2, "số quá lớn"),
        ("a: 1\nb: " + "9" * 9_000 + ".0\n", 2, "số quá lớn"),
        ("a: 1\n--- \nb: 1\n", 2, "chỉ được có một tài liệu"),
        ("a: 1\n...\n%TAG !x! tag:x,2000:\n--- b\n", 3, "chỉ dẫn"),
        ("a: 1\nb: \0\n", 2, "U+0000"),
        ('a: 1\nb: "\\0"\n', 2, "U+0000"),
        ("a: 1\rb: \x07\r", 2, "U+0007"),
        ("a: 1\r\nb: \ud800\r\n", 2, "U+D800"),
        ('a: 1\nb: "\\udcff"\n', 2, ""),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2, "sai cú pháp YAML"),
        ("a: 1\nb: 'c\n", 3, "sai cú pháp YAML"),
        ("a: 1\nb: ]\n", 2, "sai cú pháp YAML"),
    ],
)  # fmt: skip
def test_yaml_that_no_settings_file_needs(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlFault) as refused:
        load_yaml(text)
    assert (refused.value.line, words in refused.value.problem) == (line, True), refused.value


def test_yaml_has_a_number_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.files.yaml_events.MOST_PARTS", 1_000)
    with pytest.raises(YamlFault, match=r"dòng 999: tệp có quá 1\.000 mục"):
        load_yaml("a:\n" + "- 1\n" * 1_000)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0x_", "0x_"), ("0b_", "0b_"), ("0x1F", "0x1F"), ("1:99", "1:99"), ("1_000", "1_000"),
        ("010", "010"),
        (".inf", ".inf"), (".nan", ".nan"), ("2022-02-30", "2022-02-30"), ("=", "="), ("yes", "yes"),
        ("'<<'", "<<"), ("TRUE", True), ("~", None), ("", None), ("-7", -7), ("2.50", 2.5), ("'7'", "7"),
    ],
)  # fmt: skip
def test_what_yaml_makes_into_something_else_is_text(written: str, value: object) -> None:
    """Break: give the scalars back to a loader of PyYAML."""
    assert load_yaml(f"a: {written}\n") == {"a": value}


LOADERS: dict[str, Callable[[Path], Any]] = {
    "register": load_register,
    "policy": load_policy,
    "calendar": lambda path: load_calendar(path.parent),
    "toml": toml_values,
}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("load", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_pipe, "không phải tệp thông thường"),
        (lambda path: path.symlink_to("/dev/zero"), "không phải tệp thông thường"),
        (lambda path: path.mkdir(), "là một thư mục"),
        (lambda path: path.symlink_to(path), "Không đọc được tệp"),
        (lambda path: path.symlink_to("nowhere"), "Không tìm thấy tệp"),
        (lambda path: path.write_bytes(b"a" * (9 << 20)), "quá lớn"),
        (lambda path: path.write_bytes("a: 1\n".encode("utf-16")), "dòng 1: không phải văn bản UTF-8"),
        (lambda path: path.write_bytes(b"a = 1\r\rb = '\xff'"), "dòng 3: không phải văn bản UTF-8"),
    ],
    ids=["pipe", "zeros", "folder", "loop", "dangling", "large", "utf-16", "latin"],
)
def test_what_is_no_ordinary_file(
    tmp_path: Path, load: Callable[[Path], Any], make: Callable[[Path], None], words: str
) -> None:
    """A pipe is never waited for. Break: open the file before looking at its kind."""
    path = tmp_path / "2026.yaml"
    make(path)
    with pytest.raises(ConfigError, match=words) as refused:
        load(path)
    assert "2026.yaml" in str(refused.value)


def test_a_mark_of_byte_order_and_bare_carriage_returns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(b"\xef\xbb\xbfurging:\r  paper_from: 4\r")
    assert load_policy(path).urging.paper_from == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = 1\nb = " + "9" * 3_999, "dòng 2: dòng dài quá"),
        ("a = 1\nb = " + "[" * 3_000, "dòng 2: các mục lồng nhau quá sâu"),
        ("a = 1\nb = " + "{c = " * 700, "dòng 2: các mục lồng nhau quá sâu"),
        ("a = 1\n" + ".".join("a" * 30_000) + " = 1", "dòng 2: dòng dài quá"),
        ("a = 1\nb = 2022-02-30\n", "dòng 2: sai cú pháp TOML"),
        ("a = 1\na = 2\n", "dòng 2: sai cú pháp TOML"),
        ("a = 1\nb = '''\n\n", "dòng 4: sai cú pháp TOML"),
    ],
)
def test_toml_that_ends_its_parser(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "dondoc.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        toml_values(path)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[\n" + "[" * 50_000, 2, "lồng quá sâu"),
        ("[\n" + '{"a":' * 50_000, 2, "lồng quá sâu"),
        ("[1,\n" + "9" * 5_000 + "]", 2, "số quá lớn"),
        ("[1,\n-" + "9" * 19 + "]", 2, "số quá lớn"),
        ("[1,\n1e999]", 2, "số quá lớn"),
        ("[1,\n1." + "0" * 5_000 + "]", 2, "số quá lớn"),
        ("[1,\nNaN]", 2, "không phải là số"),
        ("[1,\n-Infinity]", 2, "không phải là số"),
        ('{"a": 1,\n"a": 2}', 2, "khóa «a» ghi hai lần"),
        ('{"a": 1,\n"\\u0061": 2}', 2, "khóa «a» ghi hai lần"),
        ('[{"a": 1}, {"a": 1,\n"b": [{"a": 1}],\n"a": 2}]', 3, "khóa «a» ghi hai lần"),
        ('{"a": 1,\n"\\ud800": 2}', 2, "có ký tự hỏng"),
        ('["a\\"[[[",\n1e999]', 2, "số quá lớn"),
        ("[1,\n2", 2, "sai cú pháp JSON"),
        ('["a\n"]', 1, "sai cú pháp JSON"),
        ('["' + "\\" * 99_999, 1, "sai cú pháp JSON"),
        ("", 1, "sai cú pháp JSON"),
        ("[1]\n[2]", 2, "sai cú pháp JSON"),
    ],
)  # fmt: skip
def test_json_that_no_draft_needs(text: str, line: int, words: str) -> None:
    with pytest.raises(JsonFault) as refused:
        json_value(text)
    assert (refused.value.line, words in refused.value.problem) == (line, True), refused.value


def test_json_has_a_size_and_a_number_of_parts() -> None:
    with pytest.raises(JsonFault, match="lớn hơn 1 MB"):
        json_value(b" " * ((1 << 20) + 1), most_bytes=1 << 20)
    with pytest.raises(JsonFault, match="dòng 3: có quá 100 phần tử"):
        json_value("[\n" + "1," * 99 + "\n1, 1]", most_parts=100)
    with pytest.raises(JsonFault, match="dòng 2: không đúng bảng mã"):
        json_value(b'["a",\n"\xff"]')
    assert json_value(b'\xef\xbb\xbf{"a": [1, -2.5e3, true, null, "NaN 1e999 [[["]}') == {
        "a": [1, -2500.0, True, None, "NaN 1e999 [[["]
    }


def test_what_a_refusal_quotes_is_short_and_printable() -> None:
    assert shown_key("a" * 61) == "a" * 60 + "…"
    assert shown_key("\x1b[2J\n\u202e\udcff\u200bz") == "�[2J����z"
    long = "\x1b" + "k" * 5_000
    with pytest.raises(YamlFault) as refused:
        load_yaml(f'a: 1\n"{long[1:200]}": 1\n"{long[1:200]}": 2\n')
    assert len(refused.value.problem) < 100


#: Who may parse what, and why beside the doors of the settings.
PARSERS = {
    "config/files/yaml_events.py": {"yaml"},
    "config/files/yaml_lines.py": {"yaml"},  # the kinds of events
    "config/files/toml_source.py": {"tomllib"},
    "config/files/json_text.py": {"json.loads"},
    "flows/actions/installation/advisories.py": {
        "model_validate_json"
    },  # by the office's hand, a refusal for each
    "flows/actions/reading/apart/one_paper.py": {
        "validate_json"
    },  # the line to a reader: counted, and looked at
    "flows/actions/reading/apart/zygote.py": {"validate_json"},
    "flows/actions/reading/apart/reader.py": {"validate_json"},
    "flows/formats/pdf_facts.py": {"json.loads"},  # from a process of ours
    "flows/formats/spreadsheet.py": {"json.loads"},  # the same
    "flows/actions/follow_up/policy_check.py": {"json.loads"},  # a row of ours
    "models/migrations/versions/0007_follow_up.py": {"json.loads"},  # rows of ours
    "notifications/sandbox/zalo_fake.py": {"json.loads"},  # the sandbox, on loopback
    "notifications/witness/lines.py": {"json.loads"},  # our own files
}
_MODULES = {"yaml", "tomllib", "toml", "ruamel", "simplejson", "orjson", "pickle", "marshal", "shelve"}


_MAY_PARSE = re.compile(r"\bload|JSONDecoder|validate_json|" + "|".join(_MODULES))


def test_nothing_else_parses_what_comes_in() -> None:
    """A new reader goes through ``config/files``, or says here why it need not."""
    found: dict[str, set[str]] = {}
    for path in sorted(one for part in PRODUCT for one in (ROOT / part).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if _MAY_PARSE.search(text) and (used := set(_parsers(ast.parse(text)))):
            found[path.relative_to(ROOT).as_posix()] = used
    assert found == PARSERS


def _parsers(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names if one.name.split(".")[0] in _MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module] if node.module.split(".")[0] in _MODULES else []
            found += [
                f"json.{one.name}" for one in node.names if node.module == "json" and "load" in one.name
            ]
        elif isinstance(node, ast.Attribute) and node.attr in ("model_validate_json", "validate_json"):
            found.append(node.attr)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = f"{node.value.id}.{node.attr}"
            found += [whole] if whole in ("json.load", "json.loads", "json.JSONDecoder") else []
    return found


#: The door itself; what writes a new file; what makes and closes files, and reads none.
MAY_OPEN = ("setting_file.py", "calendar_seed.py", "private_files.py")


def test_settings_are_opened_in_one_place() -> None:
    for path in (ROOT / "config").glob("*.py"):
        if path.name not in MAY_OPEN:
            text = path.read_text(encoding="utf-8")
            assert not [word for word in ("read_text(", "read_bytes(", "open(") if word in text], path.name
