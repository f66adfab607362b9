"""Pages as a person sees them who signed in; how one signs in has tests of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fastapi import FastAPI, Request
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import reading
from models.people.access.viewers import viewer_of
from web.door.accounts import Accounts
from web.kit.desk import _desk
from web.visitors.visitor import Visitor


class _NoAccounts(Accounts):
    """The door lets in whoever comes."""

    def exist(self) -> bool:
        return False


@contextmanager
def signed_in(client: TestClient, engine: Engine, person: int) -> Iterator[TestClient]:
    """The same browser while ``person`` sits before it, in the seats of that day."""
    app = client.app
    assert isinstance(app, FastAPI)

    def desk(request: Request) -> object:
        found = _desk(request)
        with reading(engine) as session:
            viewer = viewer_of(session, person, found.today)
        return replace(found, visitor=Visitor(viewer, sign_in=1, name=f"Người số {person}"))

    app.dependency_overrides[_desk], accounts = desk, app.state.accounts
    app.state.accounts = _NoAccounts(engine)  # an invitation makes one, and nobody here has a cookie
    try:
        yield client
    finally:
        del app.dependency_overrides[_desk]
        app.state.accounts = accounts
