"""Whatever is done to the trail behind its back is found and named; an honest one has no fault."""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.trail.seal import seal
from models.db import connect, reading, unit_of_work
from models.trail.chain import head
from models.trail.verify import TrailFault, Verified, verify
from tests.cast import ON_POSTGRESQL
from tests.models.trail.trail_book import BEGAN, LATER, add, filled, looked_at

NOBODY_LOOKS = "PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON"


@pytest.fixture(scope="module")
def book(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a filled trail, to be copied."""
    path = tmp_path_factory.mktemp("trail") / "book.db"
    engine = connect(f"sqlite:///{shutil.copyfile(_migrated_sqlite, path)}")
    filled(engine)
    engine.dispose()
    return path


def test_an_honest_trail_has_no_fault(engine: Engine) -> None:
    found = looked_at(filled(engine))
    assert (found.faults, found.waiting, found.head.count) == ((), 0, 9)
    with reading(engine) as session:
        assert head(session) == found.head
    assert looked_at(engine, found.head.digest).faults == ()


def test_a_night_without_a_pass_is_no_fault(engine: Engine) -> None:
    """The sweeps stood still while people worked: one pass seals the rows of hours, and they are honest.

    Break: compare a row with the seal before it, not with the pass before.
    """
    night = BEGAN + timedelta(days=3)
    filled(engine)
    for number in range(4):
        with unit_of_work(engine) as session:
            add(session, night + timedelta(hours=3 * number), 20 + number)
    seal(engine, night + timedelta(hours=10))
    with unit_of_work(engine) as session:
        add(session, night + timedelta(hours=10, minutes=2), 30)
    seal(engine, night + timedelta(hours=10, minutes=5))
    found = looked_at(engine)
    assert (found.faults, found.head.count) == ((), 14)


#: What somebody does to the file, and the fault and the row that are named; ids are 1 to 9.
TAMPERED = {
    "a word": ("UPDATE trail SET noun_key = '77' WHERE id = 4", TrailFault.CHANGED, 4),
    "who it was": ("UPDATE trail SET actor = 'clock' WHERE id = 1", TrailFault.CHANGED, 1),
    "a word that is none": ("UPDATE trail SET what = 'zzz' WHERE id = 5", TrailFault.CHANGED, 5),
    "an instant that is none": ("UPDATE trail SET happened_at = 'zzz' WHERE id = 5", TrailFault.CHANGED, 5),
    "data that is none": ("UPDATE trail SET data = '{' WHERE id = 5", TrailFault.CHANGED, 5),
    "a row": ("DELETE FROM trail WHERE id = 5", TrailFault.REMOVED, 5),
    "a name": ("UPDATE trail_name SET said = 'Trần Văn B' WHERE trail_id = 4", TrailFault.NAME, 4),
    "a name that goes": (
        "UPDATE trail_name SET said = NULL, salt = NULL WHERE trail_id = 4", TrailFault.NAME, 4),
    "half a name": ("UPDATE trail_name SET salt = NULL WHERE trail_id = 4", TrailFault.NAME, 4),
    "a name's row": ("DELETE FROM trail_name WHERE trail_id = 4", TrailFault.CHANGED, 4),
    "a seal": ("UPDATE trail_seal SET digest = 'f' WHERE seq = 4", TrailFault.CHANGED, 4),
    "a seal's instant": ("UPDATE trail_seal SET sealed_at = '2022-08-15 01:00:00' WHERE seq = 4",
                         TrailFault.CHANGED, 4),
    "a seal that goes": ("DELETE FROM trail_seal WHERE seq = 4", TrailFault.SEAL_GONE, None),
    "a row without seal": (
        "INSERT INTO trail SELECT 99, happened_at, what, actor, way, person_id, instead_of_id, seat_id,"
        " body_id, address, noun, noun_key, data FROM trail WHERE id = 2", TrailFault.INSERTED, 99),
}  # fmt: skip


def tampered(book: Path, folder: Path, *statements: str) -> Engine:
    path = shutil.copyfile(book, folder / "tried.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for statement in (*NOBODY_LOOKS, *statements):
            bare.execute(statement)
    return connect(f"sqlite:///{path}")


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found_and_named(book: Path, tmp_path: Path, what: str) -> None:
    statement, fault, row = TAMPERED[what]
    found = [(one.fault, one.row) for one in looked_at(tampered(book, tmp_path, statement)).faults]
    assert (fault, row) in found


def test_two_rows_that_change_places(book: Path, tmp_path: Path) -> None:
    places = "UPDATE trail_seal SET trail_id = -trail_id WHERE trail_id IN (4, 5)"
    back = "UPDATE trail_seal SET trail_id = CASE trail_id WHEN -4 THEN 5 ELSE 4 END WHERE trail_id < 0"
    found = {one.row for one in looked_at(tampered(book, tmp_path, places, back)).faults}
    assert {4, 5} <= found


def test_an_end_that_is_cut_is_found_by_a_head_that_is_known(book: Path, tmp_path: Path) -> None:
    cut = ("DELETE FROM trail_seal WHERE seq > 6", "DELETE FROM trail_name WHERE trail_id > 6",
           "DELETE FROM trail WHERE id > 6")  # fmt: skip
    known = looked_at(tampered(book, tmp_path)).head.digest
    engine = tampered(book, tmp_path, *cut)
    assert looked_at(engine).faults == ()
    assert [one.fault for one in looked_at(engine, known).faults] == [TrailFault.CUT]


def test_a_row_that_was_put_in_and_sealed_is_named(book: Path, tmp_path: Path) -> None:
    statement = TAMPERED["a row without seal"][0]
    engine = tampered(book, tmp_path, statement)
    seal(engine, LATER - timedelta(hours=2))
    assert [(one.fault, one.row) for one in looked_at(engine).faults] == [(TrailFault.INSERTED, 99)]


_COLUMNS = st.sampled_from(
    [
        ("trail", "id", name)
        for name in ("happened_at", "what", "actor", "way", "address", "noun", "noun_key", "data")
    ]
    + [("trail_name", "trail_id", name) for name in ("said", "salt", "digest")]
    + [("trail_seal", "seq", name) for name in ("digest", "trail_id", "sealed_at")]
)
_VALUES = st.one_of(
    st.none(), st.integers(-5, 50), st.text(max_size=8).filter(lambda text: "\0" not in text),
    st.sampled_from(["act", "sweep", "page", "2022-08-16 01:00:00.000000", "{}", "[]"]),
)  # fmt: skip
_ROW = st.integers(1, 9)
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), _COLUMNS, _ROW, _VALUES),
        st.tuples(st.just("delete"), _COLUMNS, _ROW, st.none()),
        st.tuples(st.just("insert"), st.integers(1, 6), st.sampled_from([-3, 0, 50, 99]), st.none()),
        st.tuples(st.just("swap"), _ROW, _ROW, st.none()),
        st.tuples(st.just("cut"), _ROW, st.none(), st.none()),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
_REST = (
    "happened_at, what, actor, way, person_id, instead_of_id, seat_id, body_id, address, noun, noun_key, data"
)
Statement = tuple[str, tuple[Any, ...]]


def statements(deed: tuple[Any, ...]) -> list[Statement]:
    """One deed in SQL: a value, a row away, an old row put in anew, two links exchanged, the end cut off."""
    kind, first, second, value = deed
    if kind == "set":
        table, key, column = first
        return [(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, second))]
    if kind == "delete":
        return [(f"DELETE FROM {first[0]} WHERE {first[1]} = ?", (second,))]
    if kind == "insert":
        return [
            (f"INSERT INTO trail (id, {_REST}) SELECT {second}, {_REST} FROM trail WHERE id = ?", (first,))
        ]
    if kind == "swap":
        aside = "UPDATE trail_seal SET trail_id = trail_id + 1000 WHERE trail_id IN (?, ?)"
        back = "UPDATE trail_seal SET trail_id = CASE trail_id WHEN ? THEN ? ELSE ? END WHERE trail_id > 1000"
        return [(aside, (first, second)), (back, (first + 1000, second, first))]
    last = "DELETE FROM {} WHERE {} > ?"
    tables = (("trail_seal", "seq"), ("trail_name", "trail_id"), ("trail", "id"))
    return [(last.format(*table), (first,)) for table in tables]


def named(deed: tuple[Any, ...], found: Verified) -> bool:
    """Whether a look that found one deed says at which row, as far as the deed is of one."""
    kind, first, second, _ = deed
    if kind == "insert":
        return second in {one.row for one in found.faults}
    if kind in ("set", "delete") and first[0] in ("trail", "trail_name"):
        return second in {one.row for one in found.faults}
    return True


@given(deeds=_DEEDS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_tampering_is_always_found(book: Path, tmp_path: Path, deeds: list[tuple[Any, ...]]) -> None:
    """Break: let a seal cover the row without its instant, or skip ``_put_in_late``."""
    before, known = _rows(book)
    path = shutil.copyfile(book, tmp_path / "random.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for pragma in NOBODY_LOOKS:
            bare.execute(pragma)
        for deed in deeds:
            for statement, values in statements(deed):
                with suppress(sqlite3.Error):  # the file itself will have none of it
                    bare.execute(statement, values)
    engine = connect(f"sqlite:///{path}")
    found = looked_at(engine, known)
    engine.dispose()
    changed = _rows(path)[0] != before
    assert bool(found.faults) == changed
    assert not changed or len(deeds) > 1 or named(deeds[0], found)


@ON_POSTGRESQL
def test_random_tampering_is_found_on_a_server(engine: Engine) -> None:
    """The same by whoever may do anything there; each try is rolled back."""
    known = looked_at(filled(engine)).head.digest

    @given(deeds=_DEEDS)
    @settings(max_examples=40, deadline=None)
    def law(deeds: list[tuple[Any, ...]]) -> None:
        with engine.connect() as connection, connection.begin() as whole:
            before = _on_server(connection)
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for deed in deeds:
                for statement, values in statements(deed):
                    with suppress(sa.exc.DBAPIError), connection.begin_nested():
                        connection.exec_driver_sql(statement.replace("?", "%s"), values)
            with Session(connection) as session:
                found = verify(session, LATER, known)
            changed = _on_server(connection) != before
            whole.rollback()
        assert bool(found.faults) == changed, deeds
        assert not changed or len(deeds) > 1 or named(deeds[0], found)

    law()


def _on_server(connection: sa.Connection) -> list[Any]:
    tables = ("trail", "trail_name", "trail_seal")
    return [connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables]


def _rows(path: Path) -> tuple[list[object], str]:
    """All rows of the three tables, and the head."""
    with closing(sqlite3.connect(path)) as bare:
        tables = [bare.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
                  for name in ("trail", "trail_name", "trail_seal")]  # fmt: skip
    return [*tables], str(tables[2][-1][2]) if tables[2] else ""
