"""The office machine, run: fifteen examples on SQLite in ``make test``, many more on both at night.

``DONDOC_NIGHTLY=1`` runs NIGHT examples on SQLite and on PostgreSQL (see docs/CONTRIBUTING.md).
"""

import os
import shutil
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.engine import Engine

from models.db import open_database
from tests.installations import another_installation
from tests.machine.office_machine import OfficeMachine
from tests.postgres_pool import PostgresPool

NIGHTLY = os.environ.get("DONDOC_NIGHTLY") == "1"
DAY, NIGHT = 15, 2_000
A_FEW = 2  # on PostgreSQL by day, so that the machine does not rot there
STEPS = 50 if NIGHTLY else 10
SIZE = settings(
    max_examples=NIGHT if NIGHTLY else DAY,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not NIGHTLY,  # by day the same examples for everybody; the night searches
    suppress_health_check=list(HealthCheck),
)


def test_an_office_on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    template = request.getfixturevalue("_migrated_sqlite")
    numbers = count()

    class Office(OfficeMachine):
        def open_office(self) -> Engine:
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(template, path)
            return open_database(another_installation(f"sqlite:///{path}"))

    run_state_machine_as_test(Office, settings=SIZE)


@pytest.mark.postgres
def test_an_office_on_postgresql(postgres_pool: PostgresPool) -> None:
    class Office(OfficeMachine):
        name = ""

        def open_office(self) -> Engine:
            self.name = postgres_pool.take()
            return open_database(another_installation(postgres_pool.server.url(self.name)))

        def teardown(self) -> None:
            super().teardown()
            if self.name:
                postgres_pool.give_back(self.name)

    run_state_machine_as_test(Office, settings=settings(SIZE, max_examples=NIGHT if NIGHTLY else A_FEW))
