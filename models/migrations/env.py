"""Alembic's entry: runs the migrations on the connection that ``models.db.migrate`` gives."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import models.deadlines.calendar_years
import models.installation.clock_leaps
import models.installation.prefect_grace
import models.installation.restores
import models.tables.agencies
import models.tables.cases
import models.tables.crossings
import models.tables.documents
import models.tables.extensions
import models.tables.follow_up_days
import models.tables.hand_overs
import models.tables.learned
import models.tables.meetings
import models.tables.outbox
import models.tables.people
import models.tables.reports
import models.tables.sign_in
import models.tables.tasks
import models.trail.rows  # noqa: F401  (each registers its tables)

#: Alembic cannot reflect indexes over expressions from SQLite; test_indexes.py sees that they are there.
NOT_COMPARED = frozenset({"ix_task_desk", "ix_task_listed", "ix_task_open"})


def _compared(_item: Any, name: str | None, kind: str, _reflected: bool, _against: Any) -> bool:
    return not (kind == "index" and name in NOT_COMPARED)


def _connection() -> Any:
    given = context.config.attributes.get("connection")
    if given is not None:
        return given
    from config.settings import get_settings
    from models.db import connect

    return connect(get_settings().database_url).connect()


def run() -> None:
    """Run on the given connection; batch mode because SQLite cannot alter in place."""
    connection = _connection()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        include_object=_compared,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
