"""The pages of an office with accounts, in which anybody of the cast may sit down before them."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from config.agencies import load_register
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from models.db import open_database
from tests.installations import another_installation
from tests.web.access_cast import move_in_with_people
from tests.web.conftest import NOW, issue_sample
from web.app import create_app
from web.visitors.visitor import NOBODY, VISITOR, Visitor


class SittingThere:
    """The pages as ``visitor`` sees them: what the door does once people sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.visitor = NOBODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[VISITOR] = self.visitor
        await self.app(scope, receive, send)


class Staffed(NamedTuple):
    """An office with the whole cast; ``kept`` is its database before anybody did anything."""

    engine: Engine
    browser: TestClient
    door: SittingThere
    visitors: dict[str, Visitor]
    kept: Path

    def as_(self, who: str) -> TestClient:
        """The browser of that one of the cast."""
        self.door.visitor = self.visitors[who]
        return self.browser

    def put_back(self) -> None:
        """The database as it was."""
        here = sqlite3.connect(self.engine.url.database or "")
        with closing(sqlite3.connect(self.kept)) as old, closing(here) as now:
            old.backup(now)


@contextmanager
def staffed_office(migrated: Path, folder: Path) -> Iterator[Staffed]:
    """Such an office in ``folder``; redirects are not followed."""
    path = Path(shutil.copyfile(migrated, folder / "office.db"))
    engine, office = open_database(another_installation(f"sqlite:///{path}")), this_office()
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, office)
    visitors = move_in_with_people(engine, office)
    kept = folder / "kept.db"
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(kept)) as now:
        old.backup(now)
    door = SittingThere(create_app(engine, office))
    here: dict[str, Any] = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)}
    with TestClient(door, follow_redirects=False, **here) as browser:
        yield Staffed(engine, browser, door, visitors, kept)
    engine.dispose()
