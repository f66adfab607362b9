"""Pages as a person sees them who signed in; how one signs in has tests of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fastapi import FastAPI, Request
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import reading
from models.people.access.viewers import viewer_of
from web.kit.desk import _desk
from web.visitors.visitor import Visitor


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

    app.dependency_overrides[_desk] = desk
    try:
        yield client
    finally:
        del app.dependency_overrides[_desk]
