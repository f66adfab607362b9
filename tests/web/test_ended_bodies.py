"""Bodies that have ended, on the pages: what lies there, and letters that no address would help."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models.db import unit_of_work
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task
from rules.letter_words import LetterState
from tests.cast import PLANNING, PROVINCE, SECRETARIAT
from tests.web.conftest import NOW

TODAY = NOW.date()
SECTION = "Ở cơ quan đã kết thúc hoạt động, chưa chuyển giao"


def a_lead(session: Session) -> Agency:
    """A lead that holds no seat of the committee."""
    leads = sa.select(Task.agency_id).where(Task.agency_id.not_in([PLANNING, PROVINCE, SECRETARIAT]))
    return session.get_one(Agency, session.scalars(leads.order_by(Task.id)).first())


def test_the_report_lists_what_lies_there(busy: Engine, at_work: TestClient) -> None:
    assert SECTION not in at_work.get("/bao-cao").text
    with unit_of_work(busy) as session:
        body = a_lead(session)
        body.valid_to, name = TODAY, body.name
        mine = session.scalar(sa.select(sa.func.count()).select_from(Task).where(Task.agency_id == body.id))
    page = at_work.get("/bao-cao").text
    assert f"{SECTION} ({mine})" in page
    assert f"Cơ quan hoạt động đến hết ngày {TODAY:%d/%m/%Y}" in page
    assert name in page


def test_a_letter_that_is_held_back_is_not_said_to_want_an_address(busy: Engine, at_work: TestClient) -> None:
    with unit_of_work(busy) as session:
        body = a_lead(session)
        body.valid_to = TODAY - timedelta(days=1)
        letter = session.scalars(sa.select(OutboxLetter).where(OutboxLetter.agency_id == body.id)).first()
        assert letter is not None
        letter.state = LetterState.NO_CONTACT
    page = at_work.get("/thu").text
    assert "Thư gửi cơ quan đã kết thúc hoạt động, giữ lại (1)" in page
    assert "Chưa có địa chỉ liên hệ (" not in page
