"""What officials read is worded one way: who acts, where a letter comes to, and until when.

«Văn phòng» that does something is a name and has its capital; what belongs to an office («kênh gửi của
văn phòng») has none. A letter comes «đến nơi nhận», never only «đến nơi». A deadline is worded by
``rules.deadlines.wording.until`` alone. Seen to fail with each of the three written the other way.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("rules", "config", "models", "notifications", "flows", "web")
#: Words of documents that are read, not ours; and a letter that issue 10 leaves as it was.
NOT_OURS = ("rules/reading/", "flows/demo/", "notifications/letters/templates/channel_down.j2")
OFFICE = re.compile(r"(?<!của )văn phòng")
ARRIVED = re.compile(r"đến nơi(?! nhận)|tới nơi(?! nhận)")
DEADLINE = re.compile(r"chậm nhất ngày (?:\{|\" ~)", re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Every template and every string of ours, with its file; a placeholder is ``{}``."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(NOT_OURS):
                continue
            if path.suffix == ".j2":
                yield name, path.read_text(encoding="utf-8")
            elif path.suffix == ".py":
                yield from ((name, text) for text in _strings(ast.parse(path.read_text(encoding="utf-8"))))


def _strings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("rule", [OFFICE, ARRIVED, DEADLINE], ids=["office", "arrived", "deadline"])
def test_one_wording(rule: re.Pattern[str]) -> None:
    only_here = "rules/deadlines/wording.py" if rule is DEADLINE else ""
    found = [
        (name, text[max(match.start() - 30, 0) : match.end() + 30])
        for name, text in texts()
        if name != only_here
        for match in rule.finditer(text)
    ]
    assert found == []
