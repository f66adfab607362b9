"""Every word of every vocabulary that a table holds, on every page that shows it: a page must forget none.

The rows are found and the words are counted from the tables themselves, so a new column or a new word is
tried without being named here.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from config.agencies import load_register
from flows.actions.import_register import import_register
from flows.actions.instant import advance
from flows.actions.office import Office, this_office
from flows.actions.withdraw import withdraw
from models.agencies import ContactAddress
from models.calendar_years import RecountedDeadline
from models.clock_leaps import ClockLeap, Door
from models.crossings import TaskCrossing
from models.db import open_database, unit_of_work
from models.directives import DirectiveParty, Document
from models.escalations import EscalationCase, EscalationStep
from models.extensions import ExtensionRequest
from models.learning import ReadingCorrection
from models.outbox import DeliveryEvent, MessageLetter, OutboxLetter, OutboxMessage
from models.restores import Said, SaidBefore
from models.tasks import TaskCooperation, Urging, UrgingPaper
from rules.letter_words import MessageState
from rules.recounts import Recount
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
)
from tests.databases import _postgres_database
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample, opened

TODAY = NOW.date()
_TASK = ("/viec/GN-0001", "/viec/GN-0001?vai=van-phong")
_TASKS = (
    *_TASK,
    "/viec",
    "/viec?trang-thai=tat-ca",
    "/viec?muc=gia-han",
    "/van-ban/1",
    "/bao-cao",
    "/chuyen-giao",
    "/trinh/1",
    "/cong-van/1",
)
_OUTBOX = (*_TASK, "/thu")
_DOCUMENT = ("/van-ban", "/van-ban?tim=431", "/van-ban/1", "/viec?tim=431", "/viec/GN-0001")
#: Where the rows of a table show; those of any other table are tried everywhere.
PAGES = {
    **dict.fromkeys(("task", "task_cooperation", "extension_request"), _TASKS),
    **dict.fromkeys(("task_event", "deadline_change", "task_crossing", "said_before"), _TASK),
    **dict.fromkeys(("document", "document_event", "directive", "directive_party"), _DOCUMENT),
    "reading_correction": ("/van-ban/1",),
    **dict.fromkeys(("outbox_message", "outbox_letter", "delivery_event"), _OUTBOX),
    **dict.fromkeys(
        ("escalation_case", "escalation_step"),
        (*_TASK, "/trinh", "/trinh?phan=da-xong", "/trinh/1", "/bao-cao"),
    ),
}
EVERYWHERE = (
    *_TASKS, "/", "/van-ban", "/van-ban?tim=431", "/viec?tim=431", "/trinh", "/trinh?phan=da-xong", "/thu",
    "/cong-van", "/lich-hop", "/su-kien", "/lich-nghi", "/bao-cao/co-quan", "/bao-cao/nguyen-tac",
)  # fmt: skip
#: A word that is part of a key is tried on one row: all of them would meet.
ONE_ROW = {"directive_party": " WHERE position = 99"}


def columns() -> list[tuple[str, str, list[str]]]:
    """Table, column and words of each state that a row of ours can be in."""
    return [
        (table.name, column.name, list(column.type.enums))
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    ]


@pytest.fixture
def full(busy: Engine, office: Office) -> Iterator[tuple[Engine, TestClient]]:
    """An office with a row of each noun, all about GN-0001."""
    fill(busy)
    with opened(busy, office) as client:
        yield busy, client


@pytest.fixture(scope="module")
def office_full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, TestClient]]:
    """The same on either database, for all tests of this file: each puts back what it has changed."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("states") / "office.db"
        urls = iter([f"sqlite:///{shutil.copyfile(request.getfixturevalue('_migrated_sqlite'), path)}"])
    else:
        template = request.getfixturevalue("_migrated_postgres")
        urls = _postgres_database(request.getfixturevalue("postgres_server"), template)
    for url in urls:
        engine = open_database(another_installation(url))
        import_register(engine, load_register())
        advance(engine, NOW)
        issue_sample(engine, this_office())
        fill(engine)
        with opened(engine, this_office()) as client:
            yield engine, client
        engine.dispose()


def fill(engine: Engine) -> None:
    """A row of each noun."""
    with unit_of_work(engine) as session:
        bodies = session.connection().scalars(
            sa.text("SELECT agency_id FROM task GROUP BY agency_id ORDER BY min(id)")
        )
        lead, other, *_ = bodies
        letter = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.task_id == 1)).first()
        place = session.scalars(sa.select(ContactAddress)).first()
        assert letter is not None
        assert place is not None
        session.connection().execute(sa.update(Document).values(issue_at=NOW))
        session.add_all([a_case(), *asked_and_urged(lead, other), a_message(place), a_correction()])
        session.flush()
        session.add_all([a_step(), MessageLetter(message_id=1, letter_id=letter.id), an_urging(lead, letter)])
        session.add_all([a_delivery(), a_crossing(), a_party(lead), an_echo(letter), a_leap()])


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


def a_party(lead: str) -> DirectiveParty:
    return DirectiveParty(directive_id=1, role=PartyRole.LEAD, position=99, agency_id=lead)


def an_echo(letter: OutboxLetter) -> SaidBefore:
    return SaidBefore(key=letter.key, place="", mark="m", said=Said.SENT)


def a_leap() -> ClockLeap:
    """One that is over: what stands above every page has tests of its own."""
    return ClockLeap(
        last_day=TODAY, first_shown=NOW, first_held=NOW, shown=NOW, held=NOW, over_at=NOW,
        confirmed_at=NOW, confirmed_by=Door.PAGE,
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


#: Tables whose words stand in SQL of ours; a page words any other state alike on both databases.
IN_SQL = frozenset({"task", "document", "escalation_case", "extension_request", "outbox_letter"})
TRIED = [
    *(("sqlite", *one) for one in columns()),
    *(pytest.param("postgresql", *one, marks=pytest.mark.postgres) for one in columns() if one[0] in IN_SQL),
]


@pytest.mark.parametrize(("office_full", "table", "column", "words"), TRIED, indirect=["office_full"])
def test_no_page_breaks(
    office_full: tuple[Engine, TestClient], table: str, column: str, words: list[str]
) -> None:
    engine, client = office_full
    with engine.connect() as connection:
        before = sa.Table(table, sa.MetaData(), autoload_with=connection)
        kept = connection.execute(sa.select(before)).mappings().all()
    try:
        for word in words:
            with engine.begin() as connection:
                done = connection.exec_driver_sql(
                    f"UPDATE {table} SET {column} = '{word}'" + ONE_ROW.get(table, "")
                )
            assert done.rowcount, f"no row of {table} to try it on"
            for page in PAGES.get(table, EVERYWHERE):
                assert client.get(page).status_code < 500, (word, page)
    finally:
        put_back(engine, before, column, kept)


def put_back(engine: Engine, table: sa.Table, column: str, kept: Sequence[sa.RowMapping]) -> None:
    """Every row as it was; the one whose key has changed is known by its place."""
    keys = [one for one in table.primary_key.columns if one.name != column]
    with engine.begin() as connection:
        for row in kept:
            if table.name in ONE_ROW and row["position"] != 99:
                continue
            mine = sa.and_(*(key == row[key.name] for key in keys))
            connection.execute(sa.update(table).where(mine).values({column: row[column]}))


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
