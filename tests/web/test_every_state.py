"""Every word of every vocabulary that a table holds, on every page that shows it: a page must forget none.

The rows are found and the words are counted from the tables themselves, so a new column or a new word is
tried without being named here.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from flows.actions.office import Office
from flows.actions.withdraw import withdraw
from models.agencies import ContactAddress
from models.calendar_years import RecountedDeadline
from models.db import unit_of_work
from models.directives import Document
from models.escalations import EscalationCase, EscalationStep
from models.extensions import ExtensionRequest
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tasks import TaskCooperation, Urging, UrgingPaper
from rules.letter_words import MessageState
from rules.recounts import Recount
from rules.vocabulary import Actor, Answer, CaseState, CooperationState, EventKind, ExtensionState, Rung
from tests.web.conftest import NOW, opened

TODAY = NOW.date()
_TASK = ("/viec/GN-0001", "/viec/GN-0001?vai=van-phong")
_TASKS = (
    *_TASK,
    "/viec",
    "/viec?loc=tat-ca",
    "/van-ban/1",
    "/bao-cao",
    "/chuyen-giao",
    "/trinh/1",
    "/cong-van/1",
)
_OUTBOX = (*_TASK, "/thu")
#: Where the rows of a table show; those of any other table are tried everywhere.
PAGES = {
    **dict.fromkeys(("task", "task_cooperation", "extension_request"), _TASKS),
    **dict.fromkeys(("task_event", "deadline_change", "task_crossing"), _TASK),
    **dict.fromkeys(("outbox_message", "outbox_letter", "delivery_event"), _OUTBOX),
    **dict.fromkeys(
        ("escalation_case", "escalation_step"), (*_TASK, "/trinh", "/trinh/1", "/bao-cao", "/viec")
    ),
}
EVERYWHERE = (*_TASKS, "/", "/van-ban", "/trinh", "/thu", "/cong-van", "/lich-hop", "/su-kien", "/lich-nghi")
#: Their rows are on no page, or the sample has none of them.
UNSEEN = frozenset(
    {"said_before", "reading_correction", "delivery_event", "directive_party", "task_crossing"}
)


def columns() -> list[tuple[str, str, list[str]]]:
    """Table, column and words of each state that a row of ours can be in."""
    return [
        (table.name, column.name, list(column.type.enums))
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum) and table.name not in UNSEEN
    ]


@pytest.fixture
def full(busy: Engine, office: Office) -> Iterator[tuple[Engine, TestClient]]:
    """An office with a row of each noun, all about GN-0001."""
    with unit_of_work(busy) as session:
        bodies = session.connection().scalars(
            sa.text("SELECT agency_id FROM task GROUP BY agency_id ORDER BY min(id)")
        )
        lead, other, *_ = bodies
        letter = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.task_id == 1)).first()
        place = session.scalars(sa.select(ContactAddress)).first()
        assert letter is not None
        assert place is not None
        session.connection().execute(sa.update(Document).values(issue_at=NOW))
        session.add_all([a_case(), *asked_and_urged(lead, other), a_message(place)])
        session.flush()
        session.add_all([a_step(), MessageLetter(message_id=1, letter_id=letter.id), an_urging(lead, letter)])
    with opened(busy, office) as client:
        yield busy, client


def a_case() -> EscalationCase:
    told = {"answer": Answer.DECIDE, "decision": "Đồng ý", "capacity": "Trưởng Ban", "decided_on": TODAY}
    said = ("missing_authority", "basis", "tried", "options", "recommendation")
    return EscalationCase(
        id=1, task_id=1, state=CaseState.WAITING, rung=Rung.CHAIR, rung_since=TODAY, answer_by=TODAY,
        raised_on=TODAY, acknowledged_on=TODAY, **told, **dict.fromkeys(said, "Vốn"),
    )  # fmt: skip


def a_step() -> EscalationStep:
    return EscalationStep(
        case_id=1, seq=1, happened_at=NOW, happened_on=TODAY, kind=EventKind.ESCALATED, rung=Rung.CHAIR
    )


def asked_and_urged(lead: str, other: str) -> list[SQLModel]:
    return [
        ExtensionRequest(
            id=1, task_id=1, state=ExtensionState.OPEN, asked_on=TODAY, agency_id=lead, reason="Chờ vốn",
            wanted_on=TODAY + timedelta(30),
        ),
        TaskCooperation(task_id=1, agency_id=other, state=CooperationState.ASKED),
        UrgingPaper(id=1, agency_id=lead, prepared_on=TODAY),
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


def an_urging(lead: str, letter: OutboxLetter) -> Urging:
    return Urging(
        task_id=1, number=1, urged_on=TODAY, due_on=TODAY, days_late=1, text="Đôn đốc lần 1",
        recipient_id=lead, letter_key=letter.key, paper_id=1,
    )  # fmt: skip


@pytest.mark.parametrize(("table", "column", "words"), columns())
def test_no_page_breaks(full: tuple[Engine, TestClient], table: str, column: str, words: list[str]) -> None:
    engine, client = full
    for word in words:
        with engine.begin() as connection:
            done = connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{word}'")
        assert done.rowcount, f"no row of {table} to try it on"
        for page in PAGES.get(table, EVERYWHERE):
            assert client.get(page).status_code < 500, (word, page)


def test_a_case_whose_task_was_withdrawn(full: tuple[Engine, TestClient], office: Office) -> None:
    """It took the page down for everybody: nobody has answered, and nobody will."""
    engine, client = full
    bare = {"answer": None, "decision": None, "capacity": None, "decided_on": None, "acknowledged_on": None}
    with engine.begin() as connection:
        connection.execute(sa.update(EscalationCase).values(bare))
    withdraw(engine, 1, "Trùng với nhiệm vụ khác.", Actor.SECRETARIAT, NOW, office)
    for page in ("/trinh", "/trinh/1", "/viec/GN-0001"):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "Nhiệm vụ đã hủy, không còn cần ý kiến." in shown.text
