"""A copy holds every row of every table, and what is done to it stays there."""

import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from models.installation.database_copy import copy_database
from tests.cast import EVERY_KIND, Postman, at, change, dump, issue, move_in, office, settings
from tests.checkout import ROOT


def test_the_copy_is_the_original(engine: Engine, tmp_path: Path) -> None:
    from flows.actions.follow_up.tick import tick
    from models.tables.tasks import Task

    issue(move_in(engine), *EVERY_KIND)
    tick(engine, office(), at("2022-09-01"), settings(), Postman())
    before = dump(engine)
    copy = copy_database(engine, tmp_path / "copy.db")
    assert dump(copy) == before
    assert sum(map(len, before.values())) > 200
    change(copy, Task, 1, title="khác")
    assert dump(engine) == before
    copy.dispose()


def test_no_table_is_left_out(sqlite_engine: Engine, tmp_path: Path) -> None:
    """The rows of a table that the copying does not know would be missing on PostgreSQL."""
    tables = set(sa.inspect(sqlite_engine).get_table_names()) - {"alembic_version"}
    assert tables == set(SQLModel.metadata.tables)
    # In a process of its own, where no test and no action has brought a table along.
    code = "import models.installation.database_copy as copying; print(*copying.SQLModel.metadata.tables)"
    known = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert tables == set(known.stdout.split())
