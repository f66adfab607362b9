"""The pages of a database are served by one process: what it counts is in its memory.

Seen red: with ``alone`` that does not ask; with a lifespan that does not hold it.
"""

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from flows.terminal.page_server import alone
from models.db import connect
from rules.refusal import Refusal
from web import app as pages
from web.app import create_app


def served(engine: Engine) -> None:
    """Somebody begins to serve, and ends."""
    with alone(engine):
        pass


def opened(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> int:
    """The pages of this installation, started as a server starts them."""
    monkeypatch.setattr(pages, "office_database", lambda: connect(str(engine.url)))
    monkeypatch.setattr(pages, "this_zygote", _Zygote)
    with TestClient(create_app(), base_url="http://127.0.0.1", client=("127.0.0.1", 5)) as client:
        with pytest.raises(Refusal, match="tiến trình khác"):
            served(engine)
        return client.get("/dang-nhap", follow_redirects=False).status_code


class _Zygote:
    def start(self) -> None:
        """No process is needed here."""

    close = start


def test_a_second_process_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    url = engine.url.render_as_string(hide_password=False)
    other = connect(url)
    with alone(engine):
        with pytest.raises(Refusal, match="tiến trình khác"):
            served(other)
        with pytest.raises(Refusal, match="tiến trình khác"):
            opened(other, monkeypatch)
    served(other)
    other.dispose()
    assert opened(engine, monkeypatch) == 303
    served(engine)
