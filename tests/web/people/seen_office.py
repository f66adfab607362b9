"""An office in which each body has something that others must not see, and the persons who look at it.

``Rows`` says who may see what by the rules of ``docs/access.md``, in plain Python over the rows: it shares
nothing with ``models/people/access/seen.py``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from config.agencies import load_register
from config.office import Office
from flows.actions.escalation.escalate import CaseForm, raise_case
from flows.actions.installation.instant import advance
from flows.actions.people.import_register import import_register
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.db import reading, unit_of_work
from models.people.access.viewers import viewer_of
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.documents import Directive, DirectiveParty, Document
from models.tables.people import Absence, Person, SeatRow
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import Task, TaskCooperation, Urging, UrgingPaper
from rules.people.seat_roles import SeatRole
from rules.people.viewer import Viewer
from rules.vocabulary import Actor, CooperationState, EventKind, Rung, TaskStatus
from tests.cast import TRADE, act, directive, issue
from tests.web.conftest import NOW, issue_sample
from tests.web.every_noun import a_draft
from web.app import create_app
from web.visitors.visitor import NOBODY, VISITOR, Visitor

TODAY = NOW.date()
LEAD, SHARES, FORMER, HEIR = "snn", "sct", "stc", "lmhtx"
PROVINCE, OUTSIDE, OF_MANY, MEMBER = "ubnd-tinh", "ccts", "ubnd-nn", "tv-stc"
#: Who sits where; None is a person without a seat.
CAST: Mapping[str, tuple[SeatRole, str | None] | None] = {
    "secretary": (SeatRole.SECRETARY, "vpubnd"),
    "chair": (SeatRole.CHAIR, "truong-bcd"),
    "standing officer": (SeatRole.OFFICER, "skhdt"),
    "lead": (SeatRole.HEAD, LEAD),
    "cooperating": (SeatRole.CLERK, SHARES),
    "former lead": (SeatRole.OFFICER, FORMER),
    "heir": (SeatRole.OFFICER, HEIR),
    "report-to": (SeatRole.OFFICER, PROVINCE),
    "upper rung": (SeatRole.HEAD, PROVINCE),
    "outsider": (SeatRole.HEAD, OUTSIDE),
    "one of many": (SeatRole.OFFICER, OF_MANY),
    "member": (SeatRole.MEMBER, MEMBER),
    "admin": (SeatRole.ADMIN, None),
    "without a seat": None,
    "deputy": (SeatRole.CLERK, OUTSIDE),  # of the lead's head, today
}
#: Those with whom everything is tried; with the others, the rows one by one.
FEW = ("chair", "lead", "cooperating", "former lead", "upper rung", "admin")
WHOLE = ("secretary", "chair", "standing officer")


@dataclass
class VisitedBy:
    """The pages as seen by ``visitor``: what signing in would have put into the scope."""

    app: ASGIApp
    visitor: Visitor = NOBODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the visitor where the desk looks."""
        if scope["type"] == "http":
            scope[VISITOR] = self.visitor
        await self.app(scope, receive, send)


@dataclass
class SeenOffice:
    """The office, its pages, and a viewer for each of the cast."""

    engine: Engine
    door: VisitedBy
    client: TestClient
    viewers: dict[str, Viewer]

    def look_as(self, who: str) -> TestClient:
        """The pages as this one of the cast sees them."""
        self.door.visitor = Visitor(self.viewers[who], name=who)
        return self.client


@contextmanager
def seen_office(engine: Engine, office: Office) -> Iterator[SeenOffice]:
    """A database with our tables becomes the office."""
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, office)
    issue(engine, directive("Mở rộng tiêu thụ nông sản.", TRADE), directive("Kiểm tra địa bàn.", MEMBER))
    a_draft(engine, office)
    door = VisitedBy(create_app(engine, office))
    place: dict[str, Any] = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)}
    with TestClient(door, follow_redirects=False, **place) as client:
        _report(client)
        _more(engine, office)
        yield SeenOffice(engine, door, client, _viewers(engine))


def _report(client: TestClient) -> None:
    """Tasks 2 and 4 have a file."""
    for code, body in (("GN-0002", LEAD), ("GN-0004", HEIR)):
        said = {"vai": "chu-tri", "co-quan": body, "viec": "progress", "noi-dung": "Đang làm."}
        done = client.post(f"/viec/{code}/tra-loi", data=said, files={"tep": ("a.pdf", b"%PDF-1.4\n")})
        assert done.status_code == 303, done.text


def _more(engine: Engine, office: Office) -> None:
    """A case that goes along with its task to another lead, one that an upper rung held, parts, papers."""
    said = dict.fromkeys(("missing_authority", "basis", "tried", "options", "recommendation"), "Vốn điều lệ")
    raise_case(engine, 3, CaseForm(**said), act(Actor.LEAD, NOW, FORMER, office=office))
    plan = preview_hand_over(engine, FORMER, HEIR, NOW, [3])
    hand_over(engine, plan, "QĐ 1", "Sắp xếp.", act(Actor.SECRETARIAT, NOW, office=office, capacity="VP"))
    case = raise_case(engine, 2, CaseForm(**said), act(Actor.LEAD, NOW, LEAD, office=office))
    climbed = EscalationStep(
        case_id=case, seq=2, happened_at=NOW, happened_on=TODAY, kind=EventKind.CLIMBED, rung=Rung.PROVINCE
    )
    parts = [(4, LEAD, CooperationState.RELEASED), (6, SHARES, CooperationState.CONTRIBUTED)]
    with unit_of_work(engine) as session:
        session.add(climbed)
        session.add_all(TaskCooperation(task_id=key, agency_id=one, state=state) for key, one, state in parts)
        session.get_one(Task, 7).status = TaskStatus.CONFIRMED
    _papers(engine)


def _papers(engine: Engine) -> None:
    """Two of the lead, of which one is out, and one of the former lead."""
    before = TODAY - timedelta(7)
    out = {"number": "5/UBND", "signed_by": "Chánh Văn phòng", "issued_on": TODAY}
    with unit_of_work(engine) as session:
        session.add(UrgingPaper(id=1, agency_id=LEAD, prepared_on=before, **out))
        session.add(UrgingPaper(id=2, agency_id=LEAD, prepared_on=TODAY))
        session.add(UrgingPaper(id=3, agency_id=FORMER, prepared_on=before, **out))
        session.flush()
        for number, (key, body) in enumerate(((2, LEAD), (2, LEAD), (3, FORMER)), 1):
            told: dict[str, Any] = {"urged_on": TODAY, "recipient_id": body, "text": "Đôn đốc"}
            session.add(Urging(task_id=key, number=number, paper_id=number, **told))


def _viewers(engine: Engine) -> dict[str, Viewer]:
    with unit_of_work(engine) as session:
        people = {name: Person(name=name, added_at=NOW) for name in CAST}
        session.add_all(people.values())
        session.flush()
        ids = {name: one.id or 0 for name, one in people.items()}
        for name, seat in CAST.items():
            if seat is not None:
                session.add(SeatRow(person_id=ids[name], role=seat[0], body_id=seat[1], valid_from=TODAY))
        away = {"person_id": ids["lead"], "deputy_id": ids["deputy"]}
        session.add(Absence(**away, first_on=TODAY, last_on=TODAY))
    with reading(engine) as session:
        return {name: viewer_of(session, key, TODAY) for name, key in ids.items()}


@dataclass
class Rows:
    """All rows, and for one of the cast the ids that the rules open."""

    engine: Engine
    who: str
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the tables that the rules speak of."""
        tables: tuple[type[SQLModel], ...] = (
            Task, TaskCooperation, Directive, DirectiveParty, Document, EscalationCase, EscalationStep,
            TaskReport, EvidenceFile, UrgingPaper,
        )  # fmt: skip
        with self.engine.connect() as connection:
            for one in tables:
                self.rows[one.__name__] = list(connection.execute(sa.select(one.__table__)))  # type: ignore[attr-defined]

    @property
    def whole(self) -> bool:
        """Whether this one sees all of the committee."""
        return self.who in WHOLE

    @property
    def body(self) -> str | None:
        """The one body of this one."""
        seat = CAST["lead" if self.who == "deputy" else self.who]
        return seat[1] if seat else None

    def tasks(self) -> set[int]:
        """Those that the body leads, shares in, or is to be told of."""
        told = {
            row.directive_id
            for row in self.rows["DirectiveParty"]
            if row.agency_id == self.body and row.role.value == "report_to"
        }
        shared = {
            row.task_id
            for row in self.rows["TaskCooperation"]
            if row.agency_id == self.body and row.state.value != "released"
        }
        return {
            row.id
            for row in self.rows["Task"]
            if self.whole or row.agency_id == self.body or row.id in shared or row.directive_id in told
        }

    def sentences(self) -> set[int]:
        """Directives of those tasks, and those that name the body."""
        seen = self.tasks()
        given = {row.directive_id for row in self.rows["Task"] if row.id in seen}
        named = {row.directive_id for row in self.rows["DirectiveParty"] if row.agency_id == self.body}
        return {row.id for row in self.rows["Directive"] if self.whole or row.id in given | named}

    def documents(self) -> set[int]:
        """Papers that are out and have such a sentence; for the secretary drafts too."""
        mine = self.sentences()
        named = {row.document_id for row in self.rows["Directive"] if row.id in mine}
        return {
            row.id
            for row in self.rows["Document"]
            if self.who == "secretary"
            or (row.state.value in ("issued", "recalled") and (self.whole or row.id in named))
        }

    def cases(self) -> set[int]:
        """Of the lead, of who declared it, and of the rung that has or had it."""
        leads = {row.id for row in self.rows["Task"] if row.agency_id == self.body}
        rung = "province" if self.who == "upper rung" else ""
        held = {row.case_id for row in self.rows["EscalationStep"] if row.rung.value == rung}
        return {
            row.id
            for row in self.rows["EscalationCase"]
            if self.whole
            or row.task_id in leads
            or (self.body and row.raised_by_id == self.body)
            or row.rung.value == rung
            or row.id in held
        }

    def files(self) -> set[int]:
        """Of reports on those tasks."""
        seen = self.tasks()
        about = {row.id for row in self.rows["TaskReport"] if row.task_id in seen}
        return {row.id for row in self.rows["EvidenceFile"] if row.report_id in about}

    def papers(self) -> set[int]:
        """To the body, once they are out."""
        return {
            row.id
            for row in self.rows["UrgingPaper"]
            if self.whole or (row.agency_id == self.body and row.issued_on is not None)
        }

    def all_of(self, table: type[SQLModel]) -> set[int]:
        """Every id, of whoever it is."""
        return {row.id for row in self.rows[table.__name__]}
