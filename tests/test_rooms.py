"""The rooms of the house (decision 0017): what a folder holds, what leans on what, what a word means."""

import ast
import importlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import ModuleType

import pytest

from rules.vocabulary import Labelled
from tests.checkout import FLOORS, MODULES, source, tree

#: From the top of the house downward.
ORDER = {floor: place for place, floor in enumerate(reversed(FLOORS))}
PRODUCT = [path for path in MODULES if path.parts[0] in FLOORS and "migrations" not in path.parts]
MOST_MODULES = 15
#: One room by its nature: a file a format, and what they share.
LARGE_ROOMS = {PurePosixPath("flows/formats")}
GENERAL_REFUSALS = {"Refusal", "NotFound", "NotAllowed", "Overtaken"}


def name_of(path: PurePosixPath) -> str:
    """The dotted name of a module or package."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in PRODUCT}


def room_of(name: str) -> str:
    path = NAMES[name]
    return name if path.name == "__init__.py" else ".".join(path.parent.parts)


def imported(path: PurePosixPath) -> Iterator[str]:
    """The modules of the house that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in [inner if inner in NAMES else node.module] if name in NAMES)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in NAMES)


def test_nothing_leans_on_a_floor_above() -> None:
    upward = [
        f"{path} -> {name}"
        for path in PRODUCT
        for name in imported(path)
        if ORDER[name.split(".")[0]] > ORDER[path.parts[0]]
    ]
    assert upward == []


def test_no_circle_among_rooms() -> None:
    leans: dict[str, set[str]] = defaultdict(set)
    for path in PRODUCT:
        here = room_of(name_of(path))
        leans[here] |= {room_of(name) for name in imported(path)} - {here}
    while free := [room for room, others in leans.items() if not others & leans.keys()]:
        for room in free:
            del leans[room]
    assert {room: sorted(others & leans.keys()) for room, others in leans.items()} == {}


def test_rooms_are_small() -> None:
    sizes = Counter(path.parent for path in PRODUCT if path.name != "__init__.py")
    assert {str(room): n for room, n in sizes.items() if n > MOST_MODULES and room not in LARGE_ROOMS} == {}


def test_general_refusals_come_from_one_module() -> None:
    elsewhere = [
        f"{path}: {alias.name} from {node.module}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module != "rules.refusal"
        for alias in node.names
        if alias.name in GENERAL_REFUSALS
    ]
    assert elsewhere == []


def test_values_have_types() -> None:
    """A dict of anything is what two sides drift apart by; what is left crosses to a library or to JSON."""
    found = sum(len(re.findall(r"dict\[str, Any\]", source(path))) for path in PRODUCT)
    assert found < 20


@pytest.fixture(scope="module")
def vocabularies() -> set[str]:
    """The names of all module-level tables whose keys are stored words."""
    modules: list[ModuleType] = [importlib.import_module(name) for name in NAMES]
    return {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Mapping) and value and all(isinstance(key, Labelled) for key in value)
    }


def test_no_word_of_a_vocabulary_is_answered_by_default(vocabularies: set[str]) -> None:
    """``TABLE.get(word, default)`` hides the word that somebody forgot; ``TABLE[word]`` tells it."""
    hidden = [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path in PRODUCT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        if len(node.args) > 1 and ast.unparse(node.func.value).split(".")[-1] in vocabularies
    ]
    assert hidden == []


def test_one_word_names_one_class() -> None:
    """But for payloads, which bear the names of their kinds, and what one module keeps to itself."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in PRODUCT:
        for node in tree(path).body:
            if (
                isinstance(node, ast.ClassDef)
                and not node.name.startswith("_")
                and "payloads" not in path.parts
            ):
                places[node.name].append(str(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
