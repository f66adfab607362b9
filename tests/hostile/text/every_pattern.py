"""Every regular expression of the product, found without naming one.

The source is walked for calls of ``re``; what they are given is worked out with the names of their module.
Then the values of those modules are walked for compiled patterns. What a call is given can be worked out
only if it stands on module names: a pattern made of local values is reported as ``unknown``.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[3]
PACKAGES = ("rules", "config", "models", "notifications", "flows", "web")
_TAKE_A_PATTERN = {
    "compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn", "template",
}  # fmt: skip


@dataclass(slots=True)
class Found:
    """Compiled patterns with one place of each, and calls whose pattern nobody can tell beforehand."""

    patterns: dict[re.Pattern[Any], str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def add(self, value: object, place: str) -> None:
        """Keep a pattern, or all that a container holds."""
        if isinstance(value, re.Pattern):
            self.patterns.setdefault(value, place)
        elif isinstance(value, dict):
            for part in (*value.keys(), *value.values()):
                self.add(part, place)
        elif isinstance(value, list | tuple | set | frozenset):
            for part in value:
                self.add(part, place)


def every_pattern() -> Found:
    """All patterns of the six packages."""
    found = Found()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if _imports_re(tree):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                _of_module(found, importlib.import_module(name), tree)
    return found


def _of_module(found: Found, module: ModuleType, tree: ast.Module) -> None:
    for call in _calls(tree):
        place = f"{module.__name__}:{call.lineno}"
        try:
            found.add(_evaluated(call, module), place)
        except NameError:
            found.unknown.append(f"{place} {ast.unparse(call.args[0])}")
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) == module.__name__ and isinstance(value, type):
            found.add(list(vars(value).values()), module.__name__)
        found.add(value, module.__name__)


def _imports_re(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("re", "regex"):
            raise AssertionError("say `import re`: a pattern behind another name is not found")
        if isinstance(node, ast.Import):
            for alias in node.names:
                assert alias.name != "regex"
                assert alias.name != "re" or not alias.asname
                if alias.name == "re":
                    return True
    return False


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _TAKE_A_PATTERN
        ):
            yield node


def _evaluated(call: ast.Call, module: ModuleType) -> re.Pattern[Any]:
    """The pattern of one call with its flags, compiled."""
    assert isinstance(call.func, ast.Attribute)
    pattern = _value(call.args[0], module)
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)
    flags += call.args[at : at + 1]
    return re.compile(pattern, _value(flags[0], module) if flags else 0)


def _value(node: ast.expr, module: ModuleType) -> Any:
    code = compile(ast.Expression(node), module.__name__, "eval")
    return eval(code, dict(vars(module)))
