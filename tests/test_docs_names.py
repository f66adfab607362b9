"""What the documentation names exists, and stands where it is said to stand."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from sqlmodel import SQLModel

from config.committee import load_policy
from flows.actions.follow_up.policy_check import values_of
from tests.checkout import FILES, MODULES, ROOT, source, tree

PAGES = [path for path in FILES if path.suffix == ".md" and path.name != "CHANGELOG.md"]
SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]+\.(?:py|md|yaml|toml|sql|j2|css|js|txt|docx)")
NAME = re.compile(r"[A-Za-z_]\w*")
#: What can only be a name of ours: with an underscore, a constant, a class of two words.
OURS = re.compile(r"_?[a-z]\w*_\w+|[A-Z][A-Z0-9]*_[A-Z0-9_]+|(?:[A-Z][a-z]+){2,}")
#: "`name` in `path`", "`name` of `path`", "`path`: `name`", and more names behind the first.
_NAMES = r"((?:`[\w.]+(?:\(\))?`(?:, | and | or )?)+)"
_PATH = r"`([\w./-]+\.py)`"
TOGETHER = (
    (re.compile(_NAMES + r" (?:in|of|from|stands in|lives in) " + _PATH), 1, 2),
    (re.compile(_NAMES + r" \(" + _PATH), 1, 2),
    (re.compile(_PATH + r"(?: \(|: |, |'s )" + _NAMES), 2, 1),
)
#: Files of an installation or a machine, not of the checkout.
ELSEWHERE = {"dondoc.toml", "pgbouncer.ini", "Makefile"}
VARIABLES = ("DONDOC_", "PREFECT_")
#: Of SQLAlchemy, PostgreSQL, FastAPI and cron.
OTHERS = {
    "col", "pg_backend_pid", "min_items", "CRON_TZ",
    "UMask", "NoNewPrivileges", "ProtectSystem", "ReadWritePaths", "MemoryMax",  # of systemd
}  # fmt: skip


@cache
def tails() -> frozenset[str]:
    """Every end of every tracked path: ``web/pages/escalation/cases.py``, ``cases.py``."""
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
    assert [f"{name} in {path}" for name, path in cited(text) if not stands_in(name, path)] == []


def cited(text: str) -> Iterator[tuple[str, str]]:
    """Name and path, however the two are put beside each other."""
    for form, names, path in TOGETHER:
        for match in form.finditer(text):
            for span in SPAN.findall(match[names]):
                name = span.removesuffix("()").rpartition(".")[2]
                if NAME.fullmatch(name) and not FILE.fullmatch(span):
                    yield name, match[path]


def stands_in(name: str, path: str) -> bool:
    return any(re.search(rf"\b{name}\b", source(one)) for one in MODULES if str(one).endswith(path))


def test_every_form_of_a_citation_is_read() -> None:
    """The net itself: each of them once hid a name that had moved."""
    forms = ("`a_b` (`c.py`)", "`c.py` (`a_b`)", "`a_b` in `c.py`", "`c.py`: `a_b`", "`x.a_b()` of `c.py`")
    assert [list(cited(form)) for form in forms] == [[("a_b", "c.py")]] * len(forms)
    assert list(cited("`c.py` (`a_b`, `d_e`)")) == [("a_b", "c.py"), ("d_e", "c.py")]


@cache
def written() -> frozenset[str]:
    """Every word of our code and of the files that configure it; not of this documentation."""
    files = [
        path for path in FILES if path.suffix in {".py", ".yaml", ".toml", ".j2", ".sql", ".txt", ".ini"}
    ]
    return frozenset(word for path in files for word in NAME.findall(source(path)))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_name_that_can_only_be_ours_is_in_the_code(page: Path) -> None:
    """Settings by their variable are in ``test_docs_commands.py``."""
    names = (span for span in spans(page) if OURS.fullmatch(span) and not span.startswith(VARIABLES))
    assert [name for name in names if name not in written() | OTHERS] == []


def test_dotted_names_of_our_modules_lead_somewhere() -> None:
    """`registry.our_channels`, `document.text`; events by their whole name."""
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
    if any(path.with_suffix("").parts == tuple(span.split(".")) for path in MODULES):
        return True
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
