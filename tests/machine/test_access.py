"""The machine of access, run; ``DONDOC_NIGHTLY=1`` runs many long examples on both databases."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.engine import Engine

from config.settings import get_settings
from models.db import open_database
from tests.cast import move_in
from tests.installations import another_installation
from tests.machine.access_machine import AccessMachine
from tests.machine.peopled_office import fill, fill_file
from tests.postgres_pool import PostgresPool

NIGHTLY = os.environ.get("DONDOC_NIGHTLY") == "1"
DAY, NIGHT = 4, 600
A_FEW = 1  # on PostgreSQL by day
SIZE = settings(
    max_examples=NIGHT if NIGHTLY else DAY,
    stateful_step_count=40 if NIGHTLY else 12,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def template(_migrated_sqlite: Path, tmp_path: Path) -> Path:
    return fill_file(Path(shutil.copyfile(_migrated_sqlite, tmp_path / "office.db")))


@pytest.fixture(autouse=True)
def _evidence(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONDOC_EVIDENCE_FOLDER", str(tmp_path / "evidence"))
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()


def test_access_on_sqlite(template: Path, tmp_path: Path) -> None:
    numbers = count()

    class Office(AccessMachine):
        def open_office(self) -> Engine:
            path = shutil.copyfile(template, tmp_path / f"{next(numbers)}.db")
            return open_database(another_installation(f"sqlite:///{path}"))

    run_state_machine_as_test(Office, settings=SIZE)


@pytest.mark.postgres
def test_access_on_postgresql(postgres_pool: PostgresPool) -> None:
    class Office(AccessMachine):
        name = ""

        def open_office(self) -> Engine:
            self.name = postgres_pool.take()
            engine = move_in(open_database(another_installation(postgres_pool.server.url(self.name))))
            fill(engine)
            return engine

        def teardown(self) -> None:
            super().teardown()
            if self.name:
                postgres_pool.give_back(self.name)

    run_state_machine_as_test(Office, settings=settings(SIZE, max_examples=NIGHT if NIGHTLY else A_FEW))
