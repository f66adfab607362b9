"""What the documentation names exists, and stands where it is said to stand."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from sqlmodel import SQLModel

from config.committee import load_policy
from flows.actions.policy_check import values_of
from tests.checkout import FILES, MODULES, ROOT, source, tree

PAGES = [path for path in FILES if path.suffix == ".md" and path.name != "CHANGELOG.md"]
SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]+\.(?:py|md|yaml|toml|sql|j2|css|js|txt|docx)")
NAME = re.compile(r"[A-Za-z_]\w*")
#: "`name` (`path`)" and "`path` (`name`": the name is to be found there.
CITED = (
    re.compile(r"`([A-Za-z_]\w+)` \(`([\w./-]+\.py)`"),
    re.compile(r"`([\w./-]+\.py)` \(`([A-Za-z_]\w+)`"),
)
#: Files of an installation or a machine, not of the checkout.
ELSEWHERE = {"dondoc.toml", "pgbouncer.ini", "Makefile"}
#: Functions of SQLAlchemy and PostgreSQL.
OTHERS = {"col", "pg_backend_pid"}


@cache
def tails() -> frozenset[str]:
    """Every end of every tracked path: ``web/pages/cases.py``, ``pages/cases.py``, ``cases.py``."""
    parts = [path.parts for path in FILES]
    return frozenset("/".join(mine[start:]) for mine in parts for start in range(len(mine)))


@cache
def defined() -> frozenset[str]:
    """Every name that some module of ours defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(
        node.name for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, kinds)
    )


def spans(page: Path) -> Iterator[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    yield from SPAN.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_files_and_functions_that_are_named_exist(page: Path) -> None:
    missing = []
    for span in spans(page):
        if FILE.fullmatch(span) and span not in ELSEWHERE:
            missing += [span] * (span.removeprefix("./") not in tails())
        if called := re.fullmatch(r"([\w.]+)\(\)", span):
            missing += [span] * (called[1].rpartition(".")[2] not in defined() | OTHERS)
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_name_stands_in_the_file_that_it_is_cited_with(page: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    cited = [(name, path) for name, path in CITED[0].findall(text)]
    cited += [(name, path) for path, name in CITED[1].findall(text)]
    lost = [
        f"{name} in {path}"
        for name, path in cited
        if not any(re.search(rf"\b{name}\b", source(one)) for one in MODULES if str(one).endswith(path))
    ]
    assert lost == []


def test_dotted_names_of_our_modules_lead_somewhere() -> None:
    """`registry.our_channels`, `models.listing.task_page`, `document.text`; events by their whole name."""
    tables = SQLModel.metadata.tables.values()
    known = {f"{table.name}.{column.name}" for table in tables for column in table.columns}
    known |= set(values_of(load_policy()))
    dotted = ((page, span) for page in PAGES for span in spans(page) if re.fullmatch(r"\w+(\.\w+)+", span))
    assert [
        f"{page}: {span}"
        for page, span in dotted
        if span not in known and not FILE.fullmatch(span) and not leads_somewhere(span)
    ] == []


def leads_somewhere(span: str) -> bool:
    """Whether a module that bears the first part's name knows the last; True where no module does."""
    if span == "dondoc.example":  # a domain
        return True
    if span.startswith("dondoc."):
        return any(span in source(path) for path in MODULES if path.parts[0] == "flows")
    module, _, name = span.rpartition(".")
    bearing = [path for path in MODULES if path.stem == module.rpartition(".")[2]]
    return not bearing or any(re.search(rf"\b{name}\b", source(path)) for path in bearing)


def readers() -> dict[str, set[str]]:
    """By setting of the policy, the names under which ``Policy`` hands it on: ``morning`` by ``soonest``."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree(PurePosixPath("config/committee.py"))):
        if isinstance(node, ast.FunctionDef):
            for one in ast.walk(node):
                if isinstance(one, ast.Attribute):
                    found.setdefault(one.attr, set()).add(node.name)
    return found


def test_a_setting_of_the_policy_is_read_where_its_row_says() -> None:
    """Rules take values, under names of their own; every other floor asks the policy."""
    handed_on, lost = readers(), []
    for line in (ROOT / "docs" / "follow-up.md").read_text(encoding="utf-8").splitlines():
        if not (row := re.match(r"\|.*\| `\w+\.(\w+)` \|.*\| ([^|]+) \|$", line)):
            continue
        names = {row[1], *handed_on.get(row[1], ())}
        paths = [path for path in re.findall(r"`([^`]+\.py)`", row[2]) if not path.startswith("rules/")]
        said = "\n".join(source(PurePosixPath(path)) for path in paths)
        if paths and not any(re.search(rf"\b{one}\b", said) for one in names):
            lost.append(f"{row[1]} in {paths}")
    assert lost == []
