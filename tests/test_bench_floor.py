"""The floor under the sweep's bench: frozen, free of our code, and of the same day and dates as the rules."""

import ast
import re
import sqlite3
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import Engine, make_url

from config.act import by_clock
from config.committee import load_policy
from config.work_calendar import load_calendar
from flows.actions.follow_up.follow_up import daily_follow_up
from rules.follow_up.reminders import windows
from tests.bench import follow_up_floor
from tests.bench.follow_up import COUNTED, written
from tests.bench.province import conninfo, settle
from tests.bench.province_tasks import REMINDED_BEFORE, REMINDED_TODAY, TODAY, URGED_LONG_AGO
from tests.cast import at, office

FROZEN = {
    "sqlite": "bac0c8b991065f35",
    "postgres": "8869117088560e6c",
}
TASKS = 600


@pytest.mark.parametrize("kind", sorted(FROZEN))
def test_the_floor_is_frozen(kind: str) -> None:
    # Whoever has a reason to change what the floor does gives it in the commit that changes this line.
    text = "\n".join(" ".join(statement.split()) for statement in follow_up_floor.statements(kind))
    assert sha256(text.encode()).hexdigest()[:16] == FROZEN[kind]


def test_the_floor_knows_nothing_of_ours() -> None:
    tree = ast.parse(Path(follow_up_floor.__file__).read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in nodes
        for alias in node.names
    }
    assert names == {"sqlite3", "pathlib", "time", "psycopg"}


def test_its_dates_are_those_of_the_rules() -> None:
    when = windows(TODAY, load_policy().rhythm, load_calendar())
    near = {str(one.due_on): one.step for one in when.near if one.stood_on == TODAY}
    assert tuple(sorted(near)) == REMINDED_TODAY
    before = {str(one.due_on): one.step for one in when.near if one.stood_on < TODAY}
    assert before.items() >= REMINDED_BEFORE.items()
    dates = {*near, *before, str(when.urged_on_or_before)} | {
        str(line.due_on_or_before) for line in when.late
    }
    for kind in FROZEN:
        named = set(re.findall(r"\d{4}-\d\d-\d\d", "\n".join(follow_up_floor.statements(kind))))
        assert {str(line.due_on_or_before) for line in when.late} | {URGED_LONG_AGO} <= named
        known = {
            "2026-02-27",
            "2026-03-03",
            "2026-04-03",
        }  # three working days waited, yesterday, next review
        assert named <= dates | known


def test_floor_and_sweep_write_the_same(engine: Engine, migrated_url: str, tmp_path: Path) -> None:
    settle(migrated_url, TASKS)
    floor = _floor_on_a_copy(engine, migrated_url, tmp_path)
    daily_follow_up(engine, by_clock(at(date(2026, 3, 4), "06:45"), office()))
    assert written(migrated_url) == floor
    assert min(Counter(floor).values()) > 0


def _floor_on_a_copy(engine: Engine, url: str, folder: Path) -> dict[str, int]:
    """What the floor writes: on SQLite into a copy, on PostgreSQL rolled back."""
    if engine.dialect.name == "sqlite":
        copy = folder / "copy.db"
        with sqlite3.connect(str(make_url(url).database)) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        follow_up_floor.on_sqlite(str(copy))
        return written(f"sqlite:///{copy}")
    return _written_and_undone(url)


def _written_and_undone(url: str) -> dict[str, int]:

    with psycopg.connect(conninfo(url)) as session:
        for statement in follow_up_floor.statements("postgres"):
            session.execute(statement.encode())
        counts = {table: session.execute(f"SELECT count(*) FROM {table}".encode()) for table in COUNTED}
        found = {table: cursor.fetchall()[0][0] for table, cursor in counts.items()}
        letters = session.execute("SELECT kind, count(*) FROM outbox_letter GROUP BY kind")
        found |= {f"letter {kind}": number for kind, number in letters}
        session.rollback()
    return found
