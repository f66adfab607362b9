"""The databases that tests are given: empty or migrated, their own, and both kinds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import open_database
from tests.cast import dump, move_in
from tests.postgres_pool import PostgresPool
from tests.postgres_server import running_postgres

ROOT = Path(__file__).parent.parent


def test_an_empty_database_is_empty_and_keeps_vietnamese(database_url: str, database_kind: str) -> None:
    engine = sa.create_engine(database_url)
    assert engine.dialect.name == database_kind
    assert sa.inspect(engine).get_table_names() == []
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 'Đôn đốc: ' || 'quá hạn'")) == "Đôn đốc: quá hạn"
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_migrated_database_belongs_to_one_test(engine: Engine, turn: int) -> None:
    tables = sa.inspect(engine).get_table_names()
    assert "alembic_version" in tables
    assert "left_behind" not in tables
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE left_behind (turn integer)"))


def test_sqlite_alone_is_migrated_too(sqlite_engine: Engine) -> None:
    assert "alembic_version" in sa.inspect(sqlite_engine).get_table_names()


def test_the_configured_database_is_refused() -> None:
    with pytest.raises(sa.exc.NoSuchModuleError):
        sa.create_engine(os.environ["DONDOC_DATABASE_URL"])


@pytest.mark.postgres
def test_the_server_leaves_nothing_behind() -> None:
    with running_postgres() as server:
        assert server.folder.exists()
        engine = sa.create_engine(server.url(server.create()))
        engine.connect().close()
    engine.dispose()
    assert not server.folder.exists()
    with pytest.raises(sa.exc.OperationalError):
        engine.connect()


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", "nothing may be skipped"), ("", "1 skipped")], ids=["CI", "elsewhere"]
)
def test_a_skip_is_a_failure_in_ci_only(tmp_path: Path, ci: str, outcome: str) -> None:
    skipping = tmp_path / "test_skipping.py"
    skipping.write_text("import pytest\ndef test_it(): pytest.skip('no such program')\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-ra", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "--rootdir", tmp_path, skipping],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in run.stdout
    assert "no such program" in run.stdout
    assert run.returncode == (1 if ci else 0)


@pytest.mark.postgres
def test_a_database_is_used_again_without_a_trace(postgres_pool: PostgresPool) -> None:
    name, again = postgres_pool.take(), ""
    engine = open_database(postgres_pool.server.url(name))
    before = dump(engine)
    move_in(engine)
    left_open = engine.connect()
    postgres_pool.give_back(name)
    try:
        again = postgres_pool.take()
        assert again == name
        left_open.invalidate()
        assert dump(engine) == before
        assert move_in(engine)  # with the same numbers: the counters stand where they stood
    finally:
        engine.dispose()
        postgres_pool.give_back(again)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE task ADD COLUMN x integer",
        "CREATE INDEX x ON task (title)",
        "CREATE FUNCTION x() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "GRANT SELECT ON task TO public",
        "ALTER TABLE task DROP CONSTRAINT ck_task_percent",
        "ANALYZE agency",
    ],
)
def test_a_database_of_another_shape_is_thrown_away(postgres_pool: PostgresPool, change: str) -> None:
    name = postgres_pool.take()
    engine = open_database(postgres_pool.server.url(name))
    move_in(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(change)
    engine.dispose()
    postgres_pool.give_back(name)
    other = postgres_pool.take()
    assert other != name
    postgres_pool.give_back(other)
