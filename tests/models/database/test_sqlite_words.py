"""What SQLite says of a file that it cannot use reaches people in Vietnamese, with what to do."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from models.database.sqlite_words import sqlite_words
from models.db import DatabaseNotReady, open_database


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.mkdir, "không mở được tệp; hãy xem lại đường dẫn"),
        (lambda path: path.write_bytes(b"no database" * 99), "không phải cơ sở dữ liệu SQLite"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, spoil: Callable[[Path], object], words: str) -> None:
    spoil(tmp_path / "office.db")
    with pytest.raises(DatabaseNotReady, match=rf"office\.db: .*{words}.*\.$"):
        open_database(f"sqlite:///{tmp_path / 'office.db'}")


def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    held, late = (sqlite3.connect(tmp_path / "office.db", timeout=0, isolation_level=None) for _ in range(2))
    held.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.Error) as refused:
        late.execute("CREATE TABLE a (b)")
    assert "đang bị một chương trình khác khóa" in str(sqlite_words(refused.value))
    held.close()
    late.close()


def test_what_nobody_has_put_into_words() -> None:
    assert sqlite_words(sqlite3.ProgrammingError("closed")) is None
    assert sqlite_words(ValueError()) is None
