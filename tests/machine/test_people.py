"""The machine of people, run; ``DONDOC_NIGHTLY=1`` runs many long examples on both databases."""

import os

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from models.db import open_database
from tests.cast import move_in
from tests.machine.people_machine import PeopleMachine
from tests.postgres_pool import PostgresPool

NIGHTLY = os.environ.get("DONDOC_NIGHTLY") == "1"
SIZE = settings(
    max_examples=1_000 if NIGHTLY else 10,
    stateful_step_count=60 if NIGHTLY else 20,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)


def in_memory() -> Engine:
    """No disk is waited for: what a power cut does to a database is not what is asked here."""
    return sa.create_engine("sqlite://", poolclass=StaticPool)


def test_people_on_sqlite() -> None:
    office = in_memory()
    SQLModel.metadata.create_all(office)
    move_in(office)

    class Office(PeopleMachine):
        def open_office(self) -> Engine:
            engine = in_memory()
            with office.connect() as full, engine.connect() as empty:
                full.connection.driver_connection.backup(empty.connection.driver_connection)  # type: ignore[union-attr]
            return engine

        def teardown(self) -> None:
            self.engine.dispose()

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
