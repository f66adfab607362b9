"""The roles of the runbook: the owner upgrades, the runner works, the reader reads; none can do more."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from models.db import connect, migrate, open_database
from notifications.delivery.deliver import deliver
from tests.cast import DATED, Postman, at, issue, move_in, office, settings
from tests.checkout import ROOT
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")


def as_role(url: str, role: str) -> Engine:
    return open_database(make_url(url).set(username=role).render_as_string(hide_password=False))


@pytest.fixture
def roles(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database in which the statements of the runbook were run."""
    block = re.search(r"```sql\n(.*?)```", RUNBOOK, re.DOTALL)
    assert block is not None
    name = postgres_server.create()
    url = postgres_server.url(name)
    engine = connect(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in filter(str.strip, block[1].split(";")):
            connection.exec_driver_sql(statement)
    engine.dispose()
    yield url
    postgres_server.drop(name)


def test_each_may_do_its_own(roles: str) -> None:
    migrate(make_url(roles).set(username="dondoc_owner").render_as_string(hide_password=False))
    runner, reader = as_role(roles, "dondoc_runner"), as_role(roles, "dondoc_reader")
    issue(move_in(runner), DATED)
    daily_follow_up(runner, by_clock(at("2022-08-24", "06:45"), office()))
    now = at("2022-08-24", "07:35")
    assert deliver(runner, by_clock(now, office()), settings(), Postman()).by_state
    denied = sa.exc.ProgrammingError
    with pytest.raises(denied, match="must be owner"), runner.begin() as own:
        own.exec_driver_sql("ALTER TABLE task ADD COLUMN x integer")
    with reader.connect() as own:
        assert own.scalar(sa.text("SELECT count(*) FROM task")) == 1
    with pytest.raises(denied, match="permission denied"), reader.begin() as own:
        own.exec_driver_sql("DELETE FROM task")
    runner.dispose()
    reader.dispose()
