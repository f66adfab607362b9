"""Which person a row of a history names: who did it, in whose name, and by which way it came."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel

from models.tables.cases import EscalationStep
from models.tables.documents import DocumentEvent
from models.tables.people import Person
from models.tables.tasks import TaskEvent
from rules.vocabulary import Way

_DOER, _ABSENT = aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class DoneBy:
    """A person by name, and the absent one in whose name it was; "" where the history names nobody.

    ``way`` is None in a row of an older release.
    """

    name: str = ""
    instead_of: str = ""
    way: Way | None = None


def with_doer(
    query: sa.Select[Any], history: type[TaskEvent] | type[DocumentEvent] | type[EscalationStep]
) -> sa.Select[Any]:
    """``query`` of a history with three more columns at its end, which ``done_by`` takes."""
    row = SQLModel.metadata.tables[history.__tablename__].c
    return (
        query.add_columns(_DOER.name, _ABSENT.name, row.way)
        .outerjoin(_DOER, _DOER.id == row.person_id)
        .outerjoin(_ABSENT, _ABSENT.id == row.instead_of_id)
    )


def done_by(name: str | None, instead_of: str | None, way: Way | None) -> DoneBy:
    """What the columns of ``with_doer`` say."""
    return DoneBy(name or "", instead_of or "", way)
