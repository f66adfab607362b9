"""An office that worked under an earlier release."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command

from models.db import alembic_config, connect, migrate


@contextmanager
def working_under(revision: str, url: str, script: str = "") -> Iterator[sa.Connection]:
    """The empty database ``url`` at ``revision``, with the statements of ``script``; upgraded at the end."""
    engine = connect(url)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in filter(str.strip, script.split(";\n")):
            connection.exec_driver_sql(statement)
        yield connection
    engine.dispose()
    migrate(url)
