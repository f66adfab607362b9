"""Every word of every vocabulary that a table holds, on every page that asks for it: a page must forget none.

The pages are found from the routes, the words from the tables, and which page shows what from the
statements that it sends; a new page, column or word is tried without being named here.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from config.agencies import load_register
from config.office import Office
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from flows.actions.tasks.withdraw import withdraw
from models.db import open_database
from models.tables.cases import EscalationCase
from rules.vocabulary import Actor
from tests.cast import act
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample, opened
from tests.web.every_noun import fill
from tests.web.every_page import NOTHING_THERE, PAGES, Asking

#: A word that is part of a key is tried on one row: all of them would meet.
ONE_ROW = {"directive_party": " WHERE position = 99"}
#: Written for other readers than the pages: the witness of a restore, the correction log, the sweep's memory,
#: the record of each attempt, and leaps that are over.
OFF_THE_PAGES = frozenset(
    {
        "said_before", "reading_correction", "task_crossing", "delivery_event", "clock_leap",
        "signed_in",
    }
)  # fmt: skip

COLUMNS: Mapping[tuple[str, str], list[str]] = {
    (table.name, column.name): list(column.type.enums)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, sa.Enum)
}
ROUNDS = max(map(len, COLUMNS.values()))


class Full(NamedTuple):
    """An office with a row of each noun, its pages, and what they ask for."""

    engine: Engine
    client: TestClient
    asking: Asking


@pytest.fixture
def full(busy: Engine, office: Office) -> Iterator[tuple[Engine, TestClient]]:
    fill(busy, office)
    with opened(busy, office) as client:
        yield busy, client


@pytest.fixture(scope="module")
def on_sqlite(_migrated_sqlite: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """For all tests of this file: each puts back what it has changed."""
    path = tmp_path_factory.mktemp("states") / "office.db"
    yield from _full(f"sqlite:///{shutil.copyfile(_migrated_sqlite, path)}")


@pytest.fixture(scope="module")
def on_postgresql(request: pytest.FixtureRequest) -> Iterator[Full]:
    """The same for the rounds, each of which sets all words anew."""
    pool = request.getfixturevalue("postgres_pool")
    name = pool.take()
    yield from _full(pool.server.url(name))
    pool.give_back(name)


def _full(url: str) -> Iterator[Full]:
    engine, office = open_database(another_installation(url)), this_office()
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, office)
    fill(engine, office)
    with opened(engine, office) as client:
        yield Full(engine, client, Asking(engine, client))
    engine.dispose()


def set_word(connection: sa.Connection, table: str, column: str, word: str) -> None:
    done = connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{word}'" + ONE_ROW.get(table, ""))
    assert done.rowcount, f"no row of {table} to try it on"


def test_every_page_has_something_to_show(on_sqlite: Full) -> None:
    """Else no word would be tried on it; a page of a new noun needs a row in ``every_noun.fill``."""
    shown = {page: on_sqlite.client.get(page).status_code for page in PAGES}
    assert {page for page, status in shown.items() if status != 200} == NOTHING_THERE


def test_every_column_is_shown_somewhere(on_sqlite: Full) -> None:
    """Or is known for one that no page reads: what is tried nowhere proves nothing."""
    assert {table for table, column in COLUMNS if not on_sqlite.asking.pages(table, column)} == OFF_THE_PAGES


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=map(".".join, COLUMNS))
def test_no_page_breaks(on_sqlite: Full, table: str, column: str) -> None:
    engine, client, asking = on_sqlite
    with engine.connect() as connection:
        before = sa.Table(table, sa.MetaData(), autoload_with=connection)
        kept = connection.execute(sa.select(before)).mappings().all()
    try:
        for word in COLUMNS[table, column]:
            with engine.begin() as connection:
                set_word(connection, table, column, word)
            for page in asking.pages(table, column):
                assert client.get(page).status_code < 500, (word, page)
    finally:
        put_back(engine, before, column, kept)


def put_back(engine: Engine, table: sa.Table, column: str, kept: Sequence[sa.RowMapping]) -> None:
    """Every row as it was; the one whose key has changed is known by its place."""
    keys = [one for one in table.primary_key.columns if one.name != column]
    with engine.begin() as connection:
        for row in kept:
            if table.name in ONE_ROW and row["position"] != 99:
                continue
            mine = sa.and_(*(key == row[key.name] for key in keys))
            connection.execute(sa.update(table).where(mine).values({column: row[column]}))


@pytest.mark.postgres
@pytest.mark.parametrize("number", range(ROUNDS))
def test_no_page_breaks_on_postgresql(on_postgresql: Full, number: int) -> None:
    """There every word of every column is tried, too, but all columns at once.

    One by one they have been on SQLite; what the other database may not bear is the statement.
    """
    engine, client, asking = on_postgresql
    said = {column: words[number % len(words)] for column, words in COLUMNS.items()}
    with engine.begin() as connection:
        for (table, column), word in said.items():
            set_word(connection, table, column, word)
    fresh = [column for column, words in COLUMNS.items() if number < len(words)]
    for page in dict.fromkeys(page for column in fresh for page in asking.pages(*column)):
        assert client.get(page).status_code < 500, (page, said)


def test_a_case_whose_task_was_withdrawn(full: tuple[Engine, TestClient], office: Office) -> None:
    """It took the page down for everybody: nobody has answered, and nobody will."""
    engine, client = full
    bare = {"answer": None, "decision": None, "capacity": None, "decided_on": None, "acknowledged_on": None}
    with engine.begin() as connection:
        connection.execute(sa.update(EscalationCase).values(bare))
    withdraw(engine, 1, "Trùng với nhiệm vụ khác.", act(Actor.SECRETARIAT, NOW, office=office))
    for page in ("/trinh", "/trinh/1", "/viec/GN-0001"):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "Nhiệm vụ đã hủy, không còn cần ý kiến." in shown.text
