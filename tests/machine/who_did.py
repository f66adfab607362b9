"""Who did what, held against ``docs/access.md``, "Who does": each new event and each new row of the trail.

The two tables of that page are read as they are written; who sat where is told by ``AccessTable``.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from models.tables.cases import EscalationStep
from models.tables.documents import DocumentEvent
from models.tables.people import TaskOfficer
from models.tables.tasks import TaskEvent
from models.trail.rows import TrailRow
from tests.machine.access_table import AccessTable, Sits
from tests.test_docs_access import ACTS, SEATS, words

#: What an officer does for the body on a task that was handed to him (``docs/access.md``, below the seats).
OF_AN_OFFICER = {"received", "progress", "submitted", "cooperation", "contributed", "extension_asked"}
_FOR_A_BODY = {"lead", "cooperating", "member"}
#: Rows of the trail that only somebody in a seat causes, or the clock.
_IN_A_SEAT = {"act", "person", "seat", "outbox", "export"}
#: Steps of a case that never follow of themselves from another act.
_ASKED_OF_SOMEBODY = {"escalated", "climbed", "decided", "acknowledged"}
_HISTORIES = (TaskEvent, DocumentEvent, EscalationStep)


def _plays(seat: Sits, committee: Any) -> set[str]:
    """The roles that a seat plays, by the table of seats."""
    at = {
        "any body": seat.body is not None,
        "the standing agency": seat.body == committee.standing_agency_id,
        "the body above the committee": seat.body == committee.upper_id,
        "the secretariat": seat.body == committee.secretariat_id,
        "the chair": seat.body == committee.chair_id,
        "a member's body": seat.body is not None,
        "none": seat.body is None,
    }
    found = [words(plays) for role, place, plays in SEATS if role == seat.role and at[place]]
    return set().union(*found)


def _roles_of(nouns: set[str], act: str) -> set[str]:
    found = [words(roles) for noun, acts, roles in ACTS if noun in nouns and act in words(acts)]
    return set().union(*found)


class WhoDid:
    """Looks at what is new since the last look; who may have acted sat there before it or after it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: dict[type[SQLModel], int] = {}
        self._before: AccessTable | None = None
        self._now: AccessTable | None = None

    def begin(self, table: AccessTable) -> None:
        """What there is by now was there before anything is looked at."""
        self._before = self._now = table
        for one in (*_HISTORIES, TrailRow):
            self._new(one)

    def look(self, table: AccessTable) -> list[str]:
        """What is wrong in the new rows."""
        assert self._now is not None
        self._before, self._now = self._now, table
        wrong = [told for one in _HISTORIES for row in self._new(one) for told in self._event(one, row)]
        return wrong + [told for row in self._new(TrailRow) for told in self._trail(row)]

    def _new(self, table: type[SQLModel]) -> list[Any]:
        rows = table.__table__  # type: ignore[attr-defined]
        query = sa.select(rows).where(rows.c.id > self._last.get(table, 0)).order_by(rows.c.id)
        with self._engine.connect() as connection:
            found = list(connection.execute(query))
        self._last[table] = max([self._last.get(table, 0), *(row.id for row in found)])
        return found

    def _event(self, table: type[SQLModel], row: Any) -> Iterator[str]:
        where = f"{table.__name__} {row.id} ({row.kind})"
        if row.person_id is None:
            by_clock = row.actor == "clock" if "actor" in row._fields else row.kind not in _ASKED_OF_SOMEBODY
            if row.way != "sweep" and not by_clock:
                yield f"{where} names neither a person nor the clock"
            return
        seats = self._seats(row.person_id, row.instead_of_id)
        fitting = [seat for seat in seats if self._may(table, row, seat)]
        if not fitting:
            yield f"{where}: person {row.person_id} for {row.instead_of_id} had no seat for it: {seats}"

    def _may(self, table: type[SQLModel], row: Any, seat: Sits) -> bool:
        assert self._now is not None
        plays = _plays(seat, self._now.committee)
        if table is DocumentEvent:
            return row.actor in plays & _roles_of({"document"}, row.kind)
        if table is EscalationStep:
            may = plays & _roles_of({"case", "task"}, row.kind)
            return bool(may - {"leader"}) or ("leader" in may and self._of_the_rung(row, seat))
        if row.kind == "assigned":  # with the document, by whoever issues it
            return row.actor in plays & _roles_of({"document"}, "issued")
        if row.actor not in plays & _roles_of({"task", "part", "request", "case"}, row.kind):
            return False
        if row.actor in _FOR_A_BODY and seat.body != row.actor_agency_id:
            return False
        return seat.role != "officer" or (row.kind in OF_AN_OFFICER and self._handed(row, seat))

    def _of_the_rung(self, row: Any, seat: Sits) -> bool:
        """A leader answers on the own rung: the one on which the case stood, which it may have left by it."""
        assert self._now is not None
        whole = self._now.committee
        at = {"standing": whole.standing_agency_id, "chair": whole.chair_id, "province": whole.upper_id}
        with self._engine.connect() as connection:
            steps = EscalationStep.__table__  # type: ignore[attr-defined]
            before = connection.execute(
                sa.select(steps.c.rung)
                .where(steps.c.case_id == row.case_id, steps.c.seq < row.seq)
                .order_by(steps.c.seq.desc())
                .limit(1)
            ).scalar()
        return seat.body == at.get(str(before or row.rung))

    def _handed(self, row: Any, seat: Sits) -> bool:
        me = {row.person_id, row.instead_of_id}
        return any(
            one.task_id == row.task_id and one.body_id == seat.body and one.person_id in me
            for table in self._tables()
            for one in table.of(TaskOfficer)
        )

    def _trail(self, row: Any) -> Iterator[str]:
        where = f"trail {row.id} ({row.what}, {row.data})"
        if row.person_id is None:
            if row.what in _IN_A_SEAT and row.actor != "clock" and row.way != "sweep":
                yield f"{where} names neither a person nor the clock"
            return
        if row.seat_id is None:
            if row.what in _IN_A_SEAT:
                yield f"{where} names no seat"
            return
        seats = self._seats(row.person_id, row.instead_of_id)
        if row.seat_id not in {seat.id for seat in seats}:
            yield f"{where}: person {row.person_id} was not in seat {row.seat_id} for {row.instead_of_id}"

    def _seats(self, person: int, instead_of: int | None) -> list[Sits]:
        every = [seat for table in self._tables() for seat in table.sits(person)]
        return [seat for seat in every if seat.instead_of == instead_of]

    def _tables(self) -> tuple[AccessTable, AccessTable]:
        assert self._before is not None
        assert self._now is not None
        return self._before, self._now
