"""Everybody who comes to the pages of an office with accounts, and the office in which they are tried."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.office import Office
from flows.actions.escalation.escalate import CaseForm, answer_case, raise_case
from models.db import reading, unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.people.access.viewers import viewer_of
from models.tables.agencies import ContactAddress
from models.tables.cases import EscalationCase, SignedSlip
from models.tables.documents import Document
from models.tables.meetings import Meeting
from models.tables.outbox import OutboxMessage
from models.tables.people import Absence, TaskOfficer
from models.tables.reports import EvidenceFile, TaskReport
from models.tables.tasks import Task, TaskCooperation
from rules.letter_words import MessageState
from rules.people.seat_roles import SeatRole
from rules.people.viewer import Viewer
from rules.vocabulary import Actor, Answer, Rung
from tests.cast import act
from tests.office_people import seated
from tests.web.conftest import NOW
from tests.web.every_noun import fill
from tests.web.tasks.test_tasks import GATE
from web.visitors.visitor import Visitor

TODAY = NOW.date()
OFFICE, CHAIR, STANDING, PROVINCE = "vpubnd", "truong-bcd", "skhdt", "ubnd-tinh"
LEAD, PARTNER, OUTSIDER, MEMBER = "snn", "sct", "sgddt", "tv-skhdt"
#: In the order of the columns of the table; who has no seat by now, and who has not signed in, at the end.
SEATS: dict[str, tuple[str | None, SeatRole, date | None]] = {
    "secretary": (OFFICE, SeatRole.SECRETARY, None),
    "clerk of the office": (OFFICE, SeatRole.CLERK, None),
    "chair": (CHAIR, SeatRole.CHAIR, None),
    "standing": (STANDING, SeatRole.HEAD, None),
    "province": (PROVINCE, SeatRole.HEAD, None),
    "lead": (LEAD, SeatRole.HEAD, None),
    "officer with the task": (LEAD, SeatRole.OFFICER, None),
    "another officer": (LEAD, SeatRole.OFFICER, None),
    "partner": (PARTNER, SeatRole.CLERK, None),
    "outsider": (OUTSIDER, SeatRole.HEAD, None),
    "member": (MEMBER, SeatRole.MEMBER, None),
    "admin": (None, SeatRole.ADMIN, None),
    "deputy": (OUTSIDER, SeatRole.CLERK, None),
    "dismissed": (LEAD, SeatRole.HEAD, TODAY - timedelta(1)),
}
CAST = (*SEATS, "stranger")
#: The two tasks that the body LEAD has beside the one without a case.
WAITING, DECIDED = 3, 5


def move_in_with_people(engine: Engine, office: Office) -> dict[str, Visitor]:
    """A row of each noun, two cases and the whole cast; who each of them is to the pages."""
    fill(engine, office)
    persons = {
        name: seated(engine, name, body, role, until=until) for name, (body, role, until) in SEATS.items()
    }
    with unit_of_work(engine) as session:
        away: dict[str, Any] = {"person_id": persons["lead"], "deputy_id": persons["deputy"]}
        session.add(Absence(**away, first_on=TODAY, last_on=TODAY))
        session.add(TaskOfficer(task_id=2, body_id=LEAD, person_id=persons["officer with the task"]))
    _cases(engine, office)
    with reading(engine) as session:
        viewers = {name: viewer_of(session, person, TODAY) for name, person in persons.items()}
    _rest(engine)
    named = tuple((person, name) for name, person in persons.items())
    visitors = {name: Visitor(viewer, 1, name, "10.0.0.7", named) for name, viewer in viewers.items()}
    return visitors | {"stranger": Visitor(Viewer(0))}


def _rest(engine: Engine) -> None:
    """A meeting, a message of which nobody knows, a marked address, rows of two files without their bytes."""
    file: dict[str, Any] = {
        "name": "bao-cao.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": "0" * 64,
    }
    file["stored_as"] = f"{file['sha256']}.pdf"
    with unit_of_work(engine) as session:
        connection = session.connection()
        connection.execute(sa.update(OutboxMessage).values(state=MessageState.UNKNOWN))
        connection.execute(sa.update(RecountedDeadline).values(old_due_on=date(2022, 12, 12)))
        connection.execute(sa.update(ContactAddress).values(unusable_since=NOW))
        session.add(Meeting(id=1, held_on=TODAY + timedelta(9), title="Họp quý", entered_at=NOW))
        session.add(TaskReport(id=1, task_id=2, agency_id=LEAD, event_seq=0, reported_on=TODAY))
        session.flush()
        session.add(EvidenceFile(id=1, report_id=1, **file))
        slip: dict[str, Any] = {
            "number": "45/PTr-VP",
            "signed_on": TODAY,
            "signed_by": "Nguyễn Văn An",
            "capacity": "Trưởng Ban",
        }
        session.add(SignedSlip(case_id=3, seq=1, **slip, **file))


def _cases(engine: Engine, office: Office) -> None:
    """The body LEAD has a case that waits for the chair, and one that was decided."""
    with unit_of_work(engine) as session:
        connection = session.connection()
        connection.execute(sa.update(Task).where(Task.id.in_((WAITING, DECIDED))).values(agency_id=LEAD))
        connection.execute(sa.delete(TaskCooperation).where(TaskCooperation.task_id.in_((WAITING, DECIDED))))
        connection.execute(sa.update(Document).where(Document.id == 2).values(issue_at=None))
    lead = act(Actor.LEAD, NOW, LEAD, office=office)
    raise_case(engine, WAITING, CaseForm.model_validate(GATE), lead)
    decided = raise_case(engine, DECIDED, CaseForm.model_validate(GATE), lead)
    with unit_of_work(engine) as session:
        session.connection().execute(
            sa.update(EscalationCase).where(EscalationCase.id != 1).values(rung=Rung.CHAIR)
        )
    chair = act(Actor.LEADER, NOW, CHAIR, office=office, capacity="Trưởng Ban Chỉ đạo")
    answer_case(engine, decided, Answer.DECIDE, "Đồng ý.", chair)
