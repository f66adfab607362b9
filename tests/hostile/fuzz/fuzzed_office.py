"""An office with a row of each noun, copied anew for each seed so that a seed always finds the same one."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import Engine

from config.agencies import load_register
from config.settings import get_settings
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from models.db import migrate, open_database
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample
from tests.web.every_noun import fill

#: The urging that ``fill`` lays beside its task is one that the task counts, as every act leaves it.
_COUNTED = """UPDATE task SET urged = (SELECT max(number) FROM urging WHERE task_id = task.id),
last_urged_on = (SELECT max(urged_on) FROM urging WHERE task_id = task.id)
WHERE id IN (SELECT task_id FROM urging)"""

_BUT_FOR_THE_TRAIL = """SELECT name FROM sqlite_master
WHERE type = 'table' AND name NOT IN ('trail', 'sqlite_sequence') ORDER BY name"""


def settle_in(folder: Path) -> None:
    """All that an office keeps goes under ``folder``, in this process and its children."""
    os.environ.update(
        DONDOC_DATABASE_URL=f"sqlite:///{folder / 'office.db'}",
        DONDOC_LETTERS_FOLDER=str(folder / "letters"),
        DONDOC_EVIDENCE_FOLDER=str(folder / "evidence"),
        DONDOC_WITNESS_FOLDER=str(folder / "witness"),
    )
    get_settings.cache_clear()


def build(folder: Path) -> Path:
    """The template: migrated, with the register, the sample conclusion issued and every noun."""
    path = folder / "template.db"
    url = f"sqlite:///{path}"
    migrate(url)
    engine = open_database(another_installation(url))
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, this_office())
    fill(engine, this_office())
    engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute(_COUNTED)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@contextmanager
def copied(template: Path, folder: Path) -> Iterator[Engine]:
    """A copy of the template that nobody else has touched."""
    path = folder / "office.db"
    for old in folder.glob("office.db*"):
        old.unlink()
    shutil.copyfile(template, path)
    engine = open_database(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


class Untouched:
    """Tells whether anybody else has committed to the database of ``path`` since it was last asked."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._seen = self._version()

    def changed(self) -> bool:
        """Whether something was committed since."""
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def but_for_the_trail(self) -> str:
        """A digest of every row of every table but the trail's."""
        read, digest = self._connection.execute, sha256()
        for (name,) in read(_BUT_FOR_THE_TRAIL).fetchall():
            digest.update(repr((name, read(f'SELECT * FROM "{name}"').fetchall())).encode())
        return digest.hexdigest()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _version(self) -> int:
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found
