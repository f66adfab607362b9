"""Which task a line of the demo's script is about."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading
from models.tables.documents import Directive
from models.tables.tasks import Task
from rules.vocabulary import CLOSED


def open_task(engine: Engine, agency_id: str, about: str) -> int:
    """The oldest open task of the agency whose directive names ``about``. Raises LookupError."""
    query = (
        sa.select(Task.id)
        .join(Directive, Directive.id == Task.directive_id)
        .where(
            Task.agency_id == agency_id,
            Directive.text.contains(about, autoescape=True),
            Task.status.not_in(CLOSED),
        )
        .order_by(Task.due_on, Task.id)
    )
    with reading(engine) as session:
        found = session.scalar(query.limit(1))
    if found is None:
        raise LookupError(f"the demo's script finds no open task of {agency_id} about {about!r}")
    return int(found)
