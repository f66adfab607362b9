"""Who sees what by ``docs/access.md``, "Who sees": in plain Python over all rows, as of one day.

It shares nothing with ``models/people`` and ``rules/people``: of the product it knows only the tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from models.tables.agencies import Agency, Committee
from models.tables.cases import EscalationCase, EscalationStep, SignedSlip
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.people import Absence, Person, SeatRow, TaskOfficer
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import Task, TaskCooperation, UrgingPaper

TABLES: tuple[type[SQLModel], ...] = (
    Agency, Committee, Person, SeatRow, Absence, TaskOfficer, Task, TaskCooperation, Directive,
    DirectiveParty, Document, EscalationCase, EscalationStep, SignedSlip, TaskReport, EvidenceFile,
    UrgingPaper,
)  # fmt: skip
#: The nouns that have a page a row, as they stand in addresses.
NOUNS = ("viec", "van-ban", "trinh", "tep", "cong-van")
CLOSED = ("confirmed", "withdrawn", "handed_over")
OWED = ("assigned", "accepted", "in_progress", "returned", "refused")


@dataclass(frozen=True)
class Sits:
    """A seat that somebody may use on the day: the own one, or that of the absent person ``instead_of``."""

    id: int
    role: str
    body: str | None
    instead_of: int | None = None


class AccessTable:
    """The rows as they are now, and who sits where on ``today``."""

    def __init__(self, engine: Engine, today: date) -> None:
        self.today = today
        with engine.connect() as connection:
            self._rows: dict[type[SQLModel], list[Any]] = {
                one: list(connection.execute(sa.select(one.__table__)))  # type: ignore[attr-defined]
                for one in TABLES
            }

    def of(self, table: type[SQLModel]) -> list[Any]:
        return self._rows[table]

    @cached_property
    def committee(self) -> Any:
        [found] = self.of(Committee)
        return found

    @cached_property
    def _active(self) -> set[int]:
        return {one.id for one in self.of(Person) if one.active}

    @cached_property
    def _running(self) -> list[Any]:
        return [one for one in self.of(SeatRow) if self._is_of_today(one.valid_from, one.valid_to)]

    @cached_property
    def lent(self) -> list[tuple[Any, int]]:
        """The seats whose holders are away today, each with the deputy. An admin lends nothing."""
        away = [
            one
            for one in self.of(Absence)
            if not one.cancelled and self._is_of_today(one.first_on, one.last_on)
        ]
        return [
            (seat, one.deputy_id)
            for one in away
            for seat in self._running
            if seat.person_id == one.person_id and seat.body_id is not None and one.seat_id in (None, seat.id)
        ]

    def own(self, person: int) -> list[Sits]:
        """The own seats of an active person."""
        mine = (seat for seat in self._running if seat.person_id == person and person in self._active)
        return [Sits(seat.id, str(seat.role), seat.body_id) for seat in mine]

    def sits(self, person: int) -> list[Sits]:
        """Those and the lent ones; none of who has ceased, none lent by who has."""
        lent = (
            Sits(seat.id, str(seat.role), seat.body_id, seat.person_id)
            for seat, deputy in self.lent
            if deputy == person and {person, seat.person_id} <= self._active
        )
        return [*self.own(person), *lent]

    @cached_property
    def gone(self) -> set[str]:
        """Bodies whose last day is over; the committee's own places are read under any name."""
        whole = self.committee
        places = {whole.secretariat_id, whole.chair_id, whole.standing_agency_id, whole.upper_id}
        ended = {one.id for one in self.of(Agency) if one.valid_to is not None and one.valid_to < self.today}
        return ended - places

    def eye(self, person: int) -> "Eye":
        return Eye(self, person)

    def _is_of_today(self, first: date, last: date | None) -> bool:
        return first <= self.today <= (last or self.today)


class Eye:
    """What one person may see today: ids by noun."""

    def __init__(self, table: AccessTable, person: int) -> None:
        self.table, self.person, self.seats = table, person, table.sits(person)
        whole = table.committee
        at = [(one.role, one.body) for one in self.seats]
        self.secretary = "secretary" in dict(at)
        self.admin = "admin" in dict(at)
        self.bodies = {body for role, body in at if role in ("clerk", "officer", "head", "member")}
        chairs = {"chair", "deputy_chair"} & set(dict(at))
        staff = {role for role, body in at if body == whole.standing_agency_id} & {"clerk", "officer", "head"}
        self.whole = bool(self.secretary or chairs or staff)
        heads = {body for role, body in at if role == "head"}
        self.rungs = {"chair"} if chairs else set()
        self.rungs |= {"standing"} if whole.standing_agency_id in heads else set()
        self.rungs |= {"province"} if whole.upper_id in heads else set()

    @cached_property
    def tasks(self) -> dict[int, Any]:
        """What a body leads, shares in until it is released, or is to be told of."""
        told = {
            one.directive_id
            for one in self.table.of(DirectiveParty)
            if one.agency_id in self.bodies and one.role == "report_to"
        }
        shared = {
            one.task_id
            for one in self.table.of(TaskCooperation)
            if one.agency_id in self.bodies and one.state in ("asked", "accepted", "contributed")
        }
        return {
            one.id: one
            for one in self.table.of(Task)
            if self.whole or one.agency_id in self.bodies or one.id in shared or one.directive_id in told
        }

    @cached_property
    def sentences(self) -> set[int]:
        """The directives of those tasks, and those that name a body."""
        named = {one.directive_id for one in self.table.of(DirectiveParty) if one.agency_id in self.bodies}
        mine = {one.directive_id for one in self.tasks.values()} | named
        return {one.id for one in self.table.of(Directive) if self.whole or one.id in mine}

    def ids(self, noun: str) -> set[int]:
        """The rows that are open."""
        found: dict[str, Iterator[int]] = {
            "viec": iter(self.tasks),
            "van-ban": self._documents(),
            "trinh": self._cases(),
            "tep": self._files(),
            "cong-van": self._papers(),
        }
        return set(found[noun])

    def _documents(self) -> Iterator[int]:
        given = {one.document_id for one in self.table.of(Directive) if one.id in self.sentences}
        for one in self.table.of(Document):
            out = one.state in ("issued", "recalled")
            if self.secretary or (out and (self.whole or one.id in given)):
                yield one.id

    def _cases(self) -> Iterator[int]:
        leads = {one.id for one in self.table.of(Task) if one.agency_id in self.bodies}
        held = {one.case_id for one in self.table.of(EscalationStep) if one.rung in self.rungs}
        for one in self.table.of(EscalationCase):
            mine = one.task_id in leads or (one.raised_by_id and one.raised_by_id in self.bodies)
            if self.whole or mine or one.rung in self.rungs or one.id in held:
                yield one.id

    def _files(self) -> Iterator[int]:
        about = {one.id: one.task_id for one in self.table.of(TaskReport)}
        return (one.id for one in self.table.of(EvidenceFile) if about[one.report_id] in self.tasks)

    def _papers(self) -> Iterator[int]:
        for one in self.table.of(UrgingPaper):
            if self.whole or (one.agency_id in self.bodies and one.issued_on is not None):
                yield one.id

    def tasks_that_are(self, which: str) -> set[int]:
        """Of the tasks that are open to this one: a cut of the list, by its word in the address."""
        today = self.table.today
        cuts = {
            "": lambda one: one.status not in CLOSED,
            "tat-ca": lambda one: True,
            "submitted": lambda one: one.status == "submitted",
            "qua-han": lambda one: one.status in OWED and one.due_on is not None and one.due_on < today,
            "7-ngay": lambda one: (
                one.status in OWED
                and one.due_on is not None
                and today <= one.due_on <= today + timedelta(days=7)
            ),
            "cua-toi": lambda one: one.status not in CLOSED and one.id in self._handed(),
        }
        return {one.id for one in self.tasks.values() if cuts[which](one)}

    def _handed(self) -> set[int]:
        """Tasks on which this one works, or somebody whom this one stands in for."""
        me = {self.person, *(one.instead_of for one in self.seats if one.instead_of)}
        leads = {one.id: one.agency_id for one in self.table.of(Task)}
        helps = {
            (one.task_id, one.agency_id)
            for one in self.table.of(TaskCooperation)
            if one.state in ("asked", "accepted", "contributed")
        }
        return {
            one.task_id
            for one in self.table.of(TaskOfficer)
            if one.person_id in me
            and (leads[one.task_id] == one.body_id or (one.task_id, one.body_id) in helps)
        }
