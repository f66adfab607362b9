"""The office machine, run: thirty examples on SQLite in ``make test``, many more on both at night.

``DONDOC_NIGHTLY=1`` runs NIGHT examples on SQLite and on PostgreSQL (see docs/CONTRIBUTING.md).
"""

import os
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import event
from sqlalchemy.engine import Engine

from models.db import open_database
from tests.installations import another_installation
from tests.machine.office_machine import OfficeMachine
from tests.postgres_server import PostgresServer

NIGHTLY = os.environ.get("DONDOC_NIGHTLY") == "1"
DAY, NIGHT = 30, 2_000
A_FEW = 2  # on PostgreSQL by day, so that the machine does not rot there
STEPS = 50 if NIGHTLY else 10
SIZE = settings(
    max_examples=NIGHT if NIGHTLY else DAY,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not NIGHTLY,  # by day the same examples for everybody; the night searches
    suppress_health_check=list(HealthCheck),
)


def never_mind_a_power_cut(connection: Any, _record: Any) -> None:
    """For SQLite's connections: the office of an example is thrown away anyway."""
    connection.execute("PRAGMA synchronous=OFF").close()


def test_an_office_on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    template = request.getfixturevalue("_migrated_sqlite")
    numbers = count()

    class Office(OfficeMachine):
        def open_office(self) -> Engine:
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(template, path)
            engine = open_database(another_installation(f"sqlite:///{path}"))
            event.listen(engine, "connect", never_mind_a_power_cut)
            return engine

    run_state_machine_as_test(Office, settings=SIZE)


@pytest.mark.postgres
def test_an_office_on_postgresql(postgres_server: PostgresServer, request: pytest.FixtureRequest) -> None:
    template = request.getfixturevalue("_migrated_postgres")

    class Office(OfficeMachine):
        name = ""

        def open_office(self) -> Engine:
            self.name = postgres_server.create(template)
            return open_database(another_installation(postgres_server.url(self.name)))

        def teardown(self) -> None:
            super().teardown()
            if self.name:
                postgres_server.drop(self.name)

    run_state_machine_as_test(Office, settings=settings(SIZE, max_examples=NIGHT if NIGHTLY else A_FEW))
