"""A province in whose report every section is full: long titles, cases, extensions, rules, finished tasks.

The plain province of the benches has late and due tasks only; a report is widest when nothing in it is
empty and no two rows say the same.
"""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import OFFICE_ZONE
from flows.actions.installation.instant import advance
from models.db import open_database, unit_of_work
from models.tables.cases import EscalationCase
from models.tables.documents import Directive
from models.tables.extensions import ExtensionRequest
from rules.draft import DueKind
from rules.vocabulary import CaseState, ExtensionState, Rung
from tests.bench.province import settle
from tests.bench.province_tasks import TODAY

MORNING = datetime.combine(TODAY, time(8), OFFICE_ZONE)
#: Of each section at least as many as a report shows.
MANY = 60
_LONG = (
    "Chủ trì, phối hợp với các sở, ngành, địa phương liên quan rà soát, tổng hợp tình hình hoạt động của các "
    "hợp tác xã nông nghiệp trên địa bàn"
)
_TEXT = (
    "Quyết định mức hỗ trợ vượt dự toán được giao đầu năm; điều chỉnh quy hoạch sử dụng đất của ba huyện để "
    "bố trí mặt bằng xây dựng kho, sân phơi, cơ sở sơ chế; cho phép chuyển nguồn kinh phí chưa sử dụng hết "
    "sang năm sau để tiếp tục thực hiện nhiệm vụ, dự án đã được phê duyệt"
)


def settle_full(url: str, tasks: int) -> None:
    """A province of ``tasks`` tasks (a thousand at least), with every section of its report full."""
    settle(url, tasks)
    engine = open_database(url)
    with unit_of_work(engine) as session:
        _say_different_things(session)
        _finish_some(session)
        _end_some(session)
        accepted = sa.text(f"SELECT id FROM task WHERE status = 'accepted' ORDER BY id LIMIT {3 * MANY}")
        ids = list(session.connection().scalars(accepted))
        session.add_all(a_case(n, key) for n, key in enumerate(ids[:MANY]))
        session.add_all(a_request(n, key, ExtensionState.OPEN) for n, key in enumerate(ids[MANY : 2 * MANY]))
        often = ids[2 * MANY :] * 3
        session.add_all(a_request(n, key, ExtensionState.AGREED) for n, key in enumerate(often))
        session.add_all(a_rule(n) for n in range(MANY))
    advance(engine, MORNING)
    engine.dispose()


def _say_different_things(session: Session) -> None:
    titles = f"UPDATE task SET title = id || ' {_LONG}'"
    names = "UPDATE agency SET name = 'Ủy ban nhân dân thị xã Đông Phú Mỹ ' || id WHERE id LIKE 'a%'"
    for statement in (titles, names):
        session.connection().execute(sa.text(statement))


def _finish_some(session: Session) -> None:
    """Some are done since the last digest, some are due in the second week."""
    done = f"status = 'confirmed', submitted_on = '{TODAY}', confirmed_on = '{TODAY}'"
    for change, rest in ((done, 7), (f"due_on = '{TODAY + timedelta(10)}'", 8)):
        where = f"WHERE id % 15 = {rest} AND status IN ('assigned', 'in_progress') AND due_on IS NOT NULL"
        session.connection().execute(sa.text(f"UPDATE task SET {change} {where}"))


def _end_some(session: Session) -> None:
    """Four bodies end today, with all that they have not handed over."""
    ended = f"UPDATE agency SET valid_to = '{TODAY}' WHERE id IN ('a7', 'a8', 'a9', 'a10')"
    session.connection().exec_driver_sql(ended)


def a_case(number: int, task_id: int) -> EscalationCase:
    """A case that waits, with as much text as a gate lets through on paper."""
    said = ("missing_authority", "basis", "tried", "options", "recommendation")
    raised = TODAY - timedelta(number)
    return EscalationCase(
        task_id=task_id, state=CaseState.WAITING, rung=Rung.CHAIR, rung_since=raised, raised_on=raised,
        answer_by=TODAY + timedelta(3), **dict.fromkeys(said, f"{number}. {_TEXT}"),
    )  # fmt: skip


def a_request(number: int, task_id: int, state: ExtensionState) -> ExtensionRequest:
    """A request for a later deadline."""
    asked: date = TODAY - timedelta(number % 90)
    return ExtensionRequest(
        task_id=task_id, state=state, asked_on=asked, agency_id="a1", reason="Chờ vốn",
        wanted_on=TODAY + timedelta(60),
    )  # fmt: skip


def a_rule(number: int) -> Directive:
    """A general rule of a document."""
    return Directive(
        document_id=1, ordinal=10_000 + number, text=f"{number}. {_TEXT}.", span_start=0, span_end=1,
        due_kind=DueKind.NONE, escalation=True, standing_rule=True,
    )  # fmt: skip
