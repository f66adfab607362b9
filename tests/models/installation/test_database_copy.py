"""A copy holds every row of every table, and what is done to it stays there."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from models.db import unit_of_work
from models.installation.database_copy import copy_database
from models.tables.agencies import Agency
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


def test_rows_may_come_in_any_order(engine: Engine, tmp_path: Path) -> None:
    """A changed row of PostgreSQL stands anywhere, here each behind those that refer to it."""
    issue(move_in(engine), *EVERY_KIND)
    if engine.dialect.name == "postgresql":
        with unit_of_work(engine) as session:
            session.execute(sa.text("CREATE INDEX children_first ON agency ((represents IS NULL))"))
            session.execute(sa.text("CLUSTER agency USING children_first"))
    copy = copy_database(engine, tmp_path / "copy.db")
    assert dump(copy) == dump(engine)
    with pytest.raises(sa.exc.IntegrityError), unit_of_work(copy) as session:  # looked at from now on
        session.execute(sa.update(Agency).values(represents="không có"))
    copy.dispose()


def test_no_table_is_left_out(sqlite_engine: Engine, tmp_path: Path) -> None:
    """The rows of a table that the copying does not know would be missing on PostgreSQL."""
    tables = set(sa.inspect(sqlite_engine).get_table_names()) - {"alembic_version"}
    assert tables == set(SQLModel.metadata.tables)
    # In a process of its own, where no test and no action has brought a table along.
    code = "import models.installation.database_copy as copying; print(*copying.SQLModel.metadata.tables)"
    known = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert tables == set(known.stdout.split())
