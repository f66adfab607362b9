"""An office with a row of each noun, nearly all about GN-0001 of the sample conclusion."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from config.office import Office
from flows.actions.documents.intake import store_draft
from flows.actions.reading.read_conclusion import read_conclusion
from models.db import reading, unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.installation.clock_leaps import ClockLeap, ConfirmedBy
from models.installation.restores import HowSaid, SaidBefore
from models.people.register import load_registry
from models.tables.agencies import ContactAddress
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.crossings import TaskCrossing
from models.tables.documents import AwaitedEvent, Directive, DirectiveParty, Document
from models.tables.extensions import ExtensionRequest
from models.tables.learned import ReadingCorrection
from models.tables.outbox import DeliveryEvent, MessageLetter, OutboxLetter, OutboxMessage
from models.tables.people import Absence, Person, SeatRow, TaskOfficer
from models.tables.sign_in import PersonLink, SignedIn
from models.tables.tasks import TaskCooperation, Urging, UrgingPaper
from models.trail.rows import TrailRow
from rules.deadlines.recounts import Recount
from rules.letter_words import MessageState
from rules.people.seat_roles import SeatRole
from rules.sign_in.words import LinkPurpose, SignInWay
from rules.trail.words import TrailWhat
from rules.vocabulary import (
    Actor,
    Answer,
    CaseState,
    CooperationState,
    CorrectionField,
    CrossingTrigger,
    EventKind,
    ExtensionState,
    PartyRole,
    Rung,
    Way,
)
from tests.cast import act
from tests.web.conftest import NOW
from tests.web.sample import CONCLUSION

TODAY = NOW.date()
#: The two bodies of a hand-over: the lead of the first task and another one.
LEAD, OTHER = "skhdt", "stc"


def fill(engine: Engine, office: Office) -> None:
    """A row of each noun."""
    a_draft(engine, office)
    with unit_of_work(engine) as session:
        letter = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.task_id == 1)).first()
        place = session.scalars(sa.select(ContactAddress)).first()
        assert letter is not None
        assert place is not None
        session.connection().execute(sa.update(Document).values(issue_at=NOW))
        awaited = AwaitedEvent(document_id=1, words="kế hoạch được phê duyệt")
        session.add_all([a_case(), *asked_and_urged(), a_message(place), a_correction(), awaited])
        session.flush()
        session.connection().execute(sa.update(Directive).values(event_id=awaited.id))
        session.add_all([a_step(), MessageLetter(message_id=1, letter_id=letter.id), an_urging(letter)])
        session.add_all([a_delivery(), a_crossing(), a_party(), an_echo(letter), a_leap()])
    people(engine)


def people(engine: Engine) -> None:
    """Two persons without an account: one stands in for the other, and the trail has a row."""
    with unit_of_work(engine) as session:
        absent, deputy = (Person(name=name, added_at=NOW) for name in ("Trần Thị Bình", "Lê Văn Cường"))
        session.add_all([absent, deputy])
        session.flush()
        assert absent.id is not None
        assert deputy.id is not None
        seat = SeatRow(person_id=absent.id, body_id=LEAD, role=SeatRole.HEAD, valid_from=TODAY)
        session.add_all(
            [
                seat,
                Absence(person_id=absent.id, deputy_id=deputy.id, first_on=TODAY, last_on=TODAY),
                TaskOfficer(task_id=1, body_id=LEAD, person_id=deputy.id, due_on=TODAY),
                PersonLink(person_id=absent.id, purpose=LinkPurpose.INVITATION, made_at=NOW, expires_at=NOW),
                TrailRow(
                    happened_at=NOW,
                    what=TrailWhat.PERSON,
                    actor=Actor.SECRETARIAT,
                    way=Way.PAGE,
                    noun="person",
                ),
                SignedIn(
                    digest="0" * 64, person_id=absent.id, way=SignInWay.PASSWORD, began_at=NOW, seen_at=NOW
                ),
            ]
        )


def a_draft(engine: Engine, office: Office) -> None:
    """A second document, which is still worked on."""
    text = CONCLUSION.replace("431/TB", "432/TB").encode()
    with reading(engine) as session:
        registry = load_registry(session)
    store_draft(
        engine,
        read_conclusion("432.txt", text, registry, None, office.calendar),
        "432.txt",
        act(Actor.SECRETARIAT, NOW),
    )


def a_correction() -> ReadingCorrection:
    return ReadingCorrection(
        document_id=1, ordinal=1, field=CorrectionField.TEXT, before="Vốn", after="Vốn điều lệ", issued_at=NOW
    )


def a_delivery() -> DeliveryEvent:
    return DeliveryEvent(message_id=1, seq=1, happened_at=NOW, state=MessageState.QUEUED)


def a_crossing() -> TaskCrossing:
    return TaskCrossing(
        task_id=1, trigger=CrossingTrigger.TIME, step=1, due_on=TODAY, rung=Rung.CHAIR, crossed_on=TODAY
    )


def a_party() -> DirectiveParty:
    return DirectiveParty(directive_id=1, role=PartyRole.LEAD, position=99, agency_id=LEAD)


def an_echo(letter: OutboxLetter) -> SaidBefore:
    return SaidBefore(key=letter.key, place="", mark="m", said=HowSaid.SENT)


def a_leap() -> ClockLeap:
    """One that is over: what stands above every page has tests of its own."""
    return ClockLeap(
        last_day=TODAY, first_shown=NOW, first_held=NOW, shown=NOW, held=NOW, over_at=NOW,
        confirmed_at=NOW, confirmed_by=ConfirmedBy.PAGE,
    )  # fmt: skip


def a_case() -> EscalationCase:
    told = {"answer": Answer.DECIDE, "decision": "Đồng ý", "capacity": "Trưởng Ban", "decided_on": TODAY}
    said = ("missing_authority", "basis", "tried", "options", "recommendation")
    return EscalationCase(
        id=1, task_id=1, state=CaseState.WAITING, rung=Rung.CHAIR, rung_since=TODAY, answer_by=TODAY,
        version=1, raised_on=TODAY, acknowledged_on=TODAY, **told, **dict.fromkeys(said, "Vốn"),
    )  # fmt: skip


def a_step() -> EscalationStep:
    return EscalationStep(
        case_id=1, seq=1, happened_at=NOW, happened_on=TODAY, kind=EventKind.ESCALATED, rung=Rung.CHAIR
    )


def asked_and_urged() -> list[SQLModel]:
    return [
        ExtensionRequest(
            id=1, task_id=1, state=ExtensionState.OPEN, asked_on=TODAY, agency_id=LEAD, reason="Chờ vốn",
            wanted_on=TODAY + timedelta(30),
        ),
        TaskCooperation(task_id=1, agency_id=OTHER, state=CooperationState.ASKED),
        UrgingPaper(id=1, agency_id=LEAD, prepared_on=TODAY),
        RecountedDeadline(
            task_id=1, counted_on=TODAY, years="2022", outcome=Recount.ASKED, old_due_on=TODAY,
            new_due_on=TODAY,
        ),
    ]  # fmt: skip


def a_message(place: ContactAddress) -> OutboxMessage:
    return OutboxMessage(
        id=1, key="k", bundle="b", contact_id=place.contact_id, address_id=place.id or 0, channel="mail",
        message_id="<1@x>", state=MessageState.QUEUED, next_at=NOW, give_up_at=NOW,
    )  # fmt: skip


def an_urging(letter: OutboxLetter) -> Urging:
    return Urging(
        task_id=1, number=1, urged_on=TODAY, due_on=TODAY, days_late=1, text="Đôn đốc lần 1",
        recipient_id=LEAD, letter_key=letter.key, paper_id=1,
    )  # fmt: skip
