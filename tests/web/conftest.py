"""An office at work: the register is in, a conclusion is issued, and the pages are open."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import Act
from config.agencies import load_register
from config.clock import OFFICE_ZONE
from config.office import Office
from config.settings import get_settings
from flows.actions.documents.issue import Published, publish
from flows.actions.documents.open_questions import all_confirmed
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from flows.actions.reading.read_conclusion import read_conclusion
from models.db import open_database, reading
from models.people.register import load_registry
from rules.vocabulary import Actor, Way
from tests.installations import another_installation
from tests.told import all_told
from tests.web.sample import CONCLUSION
from web.app import create_app
from web.pages.reading import intake

if TYPE_CHECKING:
    from tests.web.access_office import Staffed

ISSUED_AT = datetime(2022, 12, 5, 14, 0, tzinfo=OFFICE_ZONE)
NOW = datetime(2022, 12, 19, 9, 0, tzinfo=OFFICE_ZONE)


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, a document of a page needs no page that waits."""
    monkeypatch.setattr(intake, "PATIENCE", 60.0)


@pytest.fixture(autouse=True)
def _own_witness(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All copies of the migrated database have one secret: each keeps its witness beside itself."""
    monkeypatch.setenv("DONDOC_WITNESS_FOLDER", "")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def office() -> Office:
    """The shipped policy and calendar."""
    return this_office()


@pytest.fixture(scope="session")
def _offices(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two databases to copy: one with the register, one with the sample conclusion issued as well."""
    folder = tmp_path_factory.mktemp("offices")
    empty, busy = folder / "registered.db", folder / "issued.db"
    shutil.copyfile(_migrated_sqlite, empty)
    seed(empty, lambda engine: (import_register(engine, load_register()), advance(engine, NOW)))
    shutil.copyfile(empty, busy)
    seed(busy, lambda engine: issue_sample(engine, this_office()))
    return {"registered": empty, "issued": busy}


def seed(path: Path, fill: Callable[[Engine], object]) -> None:
    """Do that to the database in ``path``, all of which is then in the one file."""
    engine = open_database(f"sqlite:///{path}")
    fill(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def registered(_offices: dict[str, Path], tmp_path: Path) -> Iterator[Engine]:
    """A database with the shipped register, at nine o'clock on 19/12/2022."""
    yield from _copied(_offices["registered"], tmp_path)


@pytest.fixture
def busy(_offices: dict[str, Path], tmp_path: Path) -> Iterator[Engine]:
    """The same with the sample conclusion issued on 05/12/2022: tasks GN-0001 to GN-0015."""
    yield from _copied(_offices["issued"], tmp_path)


def _copied(template: Path, folder: Path) -> Iterator[Engine]:
    path = shutil.copyfile(template, folder / template.name)
    engine = open_database(another_installation(f"sqlite:///{path}"))
    yield engine
    engine.dispose()


def issue_sample(engine: Engine, office: Office) -> Published:
    """Read and issue the sample conclusion on the day of its meeting."""
    with reading(engine) as session:
        registry = load_registry(session)
    draft = read_conclusion("431.txt", CONCLUSION.encode(), registry, None, office.calendar)
    seen = all_confirmed(draft, ISSUED_AT.date())
    published = publish(engine, draft, Act(Actor.SECRETARIAT, ISSUED_AT, office, Way.PAGE), "431.txt", seen)
    all_told(engine)
    return published


@pytest.fixture
def client(registered: Engine, office: Office) -> Iterator[TestClient]:
    """The pages of an office without documents, on loopback; redirects are followed."""
    with opened(registered, office) as found:
        yield found


@pytest.fixture
def at_work(busy: Engine, office: Office) -> Iterator[TestClient]:
    """The pages of the office that has issued the sample."""
    with opened(busy, office) as found:
        yield found


@pytest.fixture(scope="module")
def _office_of_the_cast(
    _migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Staffed"]:
    from tests.web.access_office import staffed_office  # which takes its sample from here

    with staffed_office(_migrated_sqlite, tmp_path_factory.mktemp("cast")) as office:
        yield office


@pytest.fixture
def staffed(_office_of_the_cast: "Staffed") -> Iterator["Staffed"]:
    """The pages of an office with the whole cast; made once a module, and as it was for each test."""
    yield _office_of_the_cast
    _office_of_the_cast.put_back()


def opened(engine: Engine, office: Office) -> TestClient:
    """A browser on this machine."""
    return TestClient(
        create_app(engine, office),
        base_url="http://127.0.0.1",
        client=("127.0.0.1", 50000),
        follow_redirects=True,
        raise_server_exceptions=True,
    )
