"""Time is an argument: only ``config/clock.py`` reads the wall clock."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.checkout import FLOORS, MODULES, tree

READS_THE_CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
    ("func", "now"), ("func", "current_timestamp"), ("func", "current_date"), ("uuid", "uuid1"),
}  # fmt: skip
SQL_CLOCK = re.compile(r"\b(CURRENT_(TIMESTAMP|DATE|TIME)|now\(\)|datetime\('now'|date\('now')", re.I)


def clock_readings(module: ast.Module) -> Iterator[int]:
    """The lines of a module that read the wall clock: in Python, or in SQL as a string."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                if (owner, name) in READS_THE_CLOCK:
                    yield node.lineno
            case ast.ImportFrom(module="time", names=names):
                if {alias.name for alias in names} & {"time", "time_ns", "localtime", "gmtime"}:
                    yield node.lineno
            case ast.Constant(value=str(text)) if id(node) not in prose and SQL_CLOCK.search(text):
                yield node.lineno


def test_only_the_clock_reads_the_clock() -> None:
    ours = [path for path in MODULES if path.parts[0] in FLOORS and str(path) != "config/clock.py"]
    assert [f"{path}:{line}" for path in ours for line in clock_readings(tree(path))] == []


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("datetime.now(UTC)", True),
        ("dt.date.today()", True),
        ("from time import time", True),
        ("sa.func.now()", True),
        ("text('DEFAULT CURRENT_TIMESTAMP')", True),
        ("time.monotonic()", False),
        ("def f():\n '''What CURRENT_TIMESTAMP would be.'''", False),
    ],
)
def test_a_clock_reading_is_seen(code: str, reads: bool) -> None:
    assert bool(list(clock_readings(ast.parse(code)))) is reads
