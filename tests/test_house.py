"""The house rules that a machine can keep: what stands where, what it is called, how long it is."""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import FILES, FLOORS, MODULES, ROOT, pyproject, source, tree

TOP_LEVEL = {
    *FLOORS, "tests", "docs", ".ci", "pyproject.toml", "README.md",
    "requirements.txt", "requirements-build.txt", "requirements-dev.txt",
    "CHANGELOG.md", "LICENSE", "SECURITY.md", "Makefile", "prefect.yaml", ".gitignore",
    ".gitattributes", ".editorconfig",
}  # fmt: skip
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service",
                "services", "base_utils", "shared", "stuff"}  # fmt: skip
MAY_REACH_PREFECT = {
    "issue_directives", "daily_follow_up", "deliver_outbox", "send_digests", "sweeping", "schedules",
    "__main__", "door", "prefect_server",
}  # fmt: skip

#: What an act holds (``config/act.py``), and what a function that puts one together gives back.
OF_AN_ACT = {"actor", "now", "office", "capacity", "author"}
MAKES_AN_ACT = {"Act", "Self"}
#: Beside the doors: whole statements of the sweep, an address, the witness of what is sent.
MAY_COUNT_ROWS = {
    "models/follow_up/sweep/sql/statements.py", "flows/actions/outbox/lift_mark.py",
    "notifications/witness/restore_guard.py", }  # fmt: skip
#: The only modules that change rows of a noun; one of sets stands in the sweep (decision 0006).
DOORS = {
    "Task": {"flows/actions/doors/task.py", "models/follow_up/sweep/sql/moves.py"},
    "EscalationCase": {"flows/actions/doors/case.py"},
    "ExtensionRequest": {"flows/actions/doors/request.py"},
    "Document": {"flows/actions/doors/document.py"},
    "UrgingPaper": {"flows/actions/doors/paper.py"},
    "Urging": {"flows/actions/doors/paper.py"},
    "ConfirmedAlias": {"flows/actions/doors/alias.py"},
    "TaskCooperation": {"flows/actions/doors/part.py"},
    "TaskOfficer": {"flows/actions/doors/part.py"},
    "AwaitedEvent": {"flows/actions/doors/event.py"},
    "RecountedDeadline": {"flows/actions/doors/recount.py"},
    "OutboxMessage": {"notifications/outbox/message_door.py"},
    "TrailName": {"flows/actions/doors/trail_name.py"},
    "TrailRow": set(),
    "TrailSeal": set(),
    "Credential": {"flows/actions/doors/credential.py"},
    "RecoveryCode": {"flows/actions/doors/credential.py"},
    "PersonLink": {"flows/actions/doors/sign_in.py"},
    "SignedIn": {"flows/actions/doors/sign_in.py"},
    "TrustedDevice": {"flows/actions/doors/sign_in.py"},
    "Person": {"flows/actions/doors/person.py"},
    "SeatRow": {"flows/actions/doors/seat.py"},
    "Absence": {"flows/actions/doors/absence.py"},
}
#: The only modules that write the histories, and that open a task: the same doors.
HISTORIES = {
    "TaskEvent": DOORS["Task"],
    "DeadlineChange": {"flows/actions/doors/task.py"},
    "Task": {"flows/actions/doors/task.py"},  # opened in one way
    "TaskCooperation": {"flows/actions/doors/part.py"},
    "EscalationStep": DOORS["EscalationCase"],
    "DocumentEvent": DOORS["Document"],
    "DeliveryEvent": DOORS["OutboxMessage"],
    "TrailRow": {"models/trail/write.py"},
    "TrailName": {"models/trail/write.py"},
    "TrailSeal": {"models/trail/chain.py"},
}


@pytest.mark.parametrize("package", FLOORS)
def test_each_package_is_ours(package: str) -> None:
    assert Path(importlib.import_module(package).__file__ or "") == ROOT / package / "__init__.py"


def test_nothing_new_at_top_level() -> None:
    assert {path.parts[0] for path in FILES} <= TOP_LEVEL


def test_flows_hides_no_other_module() -> None:
    # Prefect may put flows/ first on sys.path, and then flows/calendar.py is everybody's calendar.
    children = {path.parts[1].removesuffix(".py") for path in MODULES if path.parts[0] == "flows"}
    assert not children & ({*FLOORS, "tests", "docs"} | sys.stdlib_module_names)


def test_files_are_short() -> None:
    lengths = {str(path): len(source(path).splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_functions_are_short() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": lines
        for path in MODULES
        if "migrations" not in path.parts  # generated, and read once
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > 40
    }
    assert long == {}


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = node.args
    every = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in every if name not in ("self", "cls")]


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Those of the floors, each with its place."""
    for path in MODULES:
        if path.parts[0] in FLOORS:
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{path}:{node.lineno} {node.name}", node


def test_functions_take_few_parameters() -> None:
    """What belongs together is a value of its own."""
    assert {name: many for name, node in _functions() if len(many := _parameters(node)) > 6} == {}


def test_an_act_is_one_value() -> None:
    """Who, when, for which office and as what: one ``Act``; only what makes one takes its parts."""
    apart = {
        name: sorted(found)
        for name, node in _functions()
        if len(found := OF_AN_ACT.intersection(_parameters(node))) > 1
        and not (node.returns and ast.unparse(node.returns) in MAKES_AN_ACT)
    }
    assert apart == {}


def test_names_say_something() -> None:
    assert [str(path) for path in MODULES if SAYS_NOTHING & {*path.parts, path.stem}] == []


def test_every_module_says_what_it_is() -> None:
    silent = [str(path) for path in MODULES if source(path).strip() and not ast.get_docstring(tree(path))]
    assert silent == []


def _where(pattern: str) -> set[str]:
    """The modules of the floors in which the pattern stands; a table under another name counts as itself."""
    floors = [path for path in MODULES if path.parts[0] in FLOORS and "migrations" not in path.parts]
    return {str(path) for path in floors if re.search(pattern, _by_their_names(source(path)))}


def _by_their_names(text: str) -> str:
    for name, table in re.findall(r"^ *(\w+) = (\w+)\.__table__", text, re.MULTILINE):
        text = re.sub(rf"\b{name}\b", table, text)
    return text


def _sql_name(table: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table).lower()


@pytest.mark.parametrize("table", DOORS)
def test_a_noun_changes_through_its_door_only(table: str) -> None:
    sql = rf"\b(UPDATE|DELETE FROM) {_sql_name(table)}\b"
    assert _where(rf"{sql}|\b(update|delete)\({table}\b|\bswapped\(\s*session, {table}\b") <= DOORS[table]


@pytest.mark.parametrize("table", HISTORIES)
def test_a_history_is_written_by_the_door_only(table: str) -> None:
    sql = rf"\bINSERT INTO {_sql_name(table)}\b"
    made = rf"(?<!class )\b{table}\(|\binsert\({table}\b|\binsert_\w+\(\w+, {table}\b"
    assert _where(f"{sql}|{made}") == HISTORIES[table]


def test_rows_are_compared_and_swapped_in_one_way() -> None:
    assert _where("rowcount") == {"models/database/swap.py"}
    doors = {path for paths in DOORS.values() for path in paths} - {"models/follow_up/sweep/sql/moves.py"}
    leaning = _where(r"\bmodels\.database\.swap\b|from models\.database import .*\bswap\b")
    assert leaning == doors | MAY_COUNT_ROWS


#: What a page carries to a read and asks nothing itself; whoever changes something takes the engine.
HANDED_ON = {"sqlmodel": {"Session"}, "sqlalchemy.engine": {"Engine"}}


def test_pages_ask_the_database_nothing() -> None:
    """A read is a function of ``models/``, so that whatever comes beside the pages can call it too."""
    asked = {
        f"{path}:{node.lineno} {what}"
        for path in MODULES
        if path.parts[0] == "web"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.expr | ast.stmt) and (what := _asks(node))
    }
    assert asked == set()


def _asks(node: ast.AST) -> str:
    """What a piece of code has of a query: its library, or a session that is used and not handed on."""
    if isinstance(node, ast.Import):
        libraries = {name.name.partition(".")[0] for name in node.names}
        return ", ".join(libraries & {"sqlalchemy", "sqlmodel"})
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("sqlalchemy", "sqlmodel")):
        return ", ".join({name.name for name in node.names} - HANDED_ON.get(node.module or "", set()))
    uses = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "session"
    return ast.unparse(node) if uses else ""


def test_the_prefect_contract_names_every_module() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    [contract] = [c for c in contracts if c.get("forbidden_modules") == ["prefect"]]
    children = {path.parts[1] for path in MODULES if path.parts[0] == "flows" and len(path.parts) > 1}
    names = {child.removesuffix(".py") for child in children} - {"__init__"} - MAY_REACH_PREFECT
    expected = {*FLOORS} - {"flows"} | {f"flows.{name}" for name in names}
    assert set(contract["source_modules"]) == expected
