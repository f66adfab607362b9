"""The machine of people, run; ``DONDOC_NIGHTLY=1`` runs many long examples on both databases."""

import os
import shutil
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.engine import Engine

from models.db import open_database
from tests.cast import move_in
from tests.machine.people_machine import PeopleMachine
from tests.postgres_pool import PostgresPool

NIGHTLY = os.environ.get("DONDOC_NIGHTLY") == "1"
SIZE = settings(
    max_examples=1_000 if NIGHTLY else 12,
    stateful_step_count=60 if NIGHTLY else 25,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)


def test_people_on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    template, numbers = tmp_path / "office.db", count()
    shutil.copyfile(request.getfixturevalue("_migrated_sqlite"), template)
    move_in(open_database(f"sqlite:///{template}")).dispose()

    class Office(PeopleMachine):
        def open_office(self) -> Engine:
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(template, path)
            return open_database(f"sqlite:///{path}")

    run_state_machine_as_test(Office, settings=SIZE)


@pytest.mark.postgres
def test_people_on_postgresql(postgres_pool: PostgresPool) -> None:
    class Office(PeopleMachine):
        name = ""

        def open_office(self) -> Engine:
            self.name = postgres_pool.take()
            return move_in(open_database(postgres_pool.server.url(self.name)))

        def teardown(self) -> None:
            if self.name:
                self.engine.dispose()
                postgres_pool.give_back(self.name)

    run_state_machine_as_test(Office, settings=settings(SIZE, max_examples=1_000 if NIGHTLY else 1))
