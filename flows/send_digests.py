"""Sweep: write the leadership digest of the week or ahead of a meeting, if it is due and not written."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.follow_up import digest
from flows.events import DigestSent
from flows.sweeping import (
    NOTHING,
    GivenInstant,
    Signal,
    Swept,
    listed,
    retried_step,
    run_name,
    swept_alone,
    through_the_door,
)
from models.db import reading
from models.people.register import agency_names

SLUG = "send-digests"
TITLE = "Báo cáo lãnh đạo"
DESCRIPTION = "Lập báo cáo gửi lãnh đạo hằng tuần và trước cuộc họp, hoặc ngay sau đó nếu lỡ."


@flow(name=SLUG, description=DESCRIPTION, flow_run_name=run_name(TITLE), retries=0, persist_result=False)
def send_digests(now: GivenInstant | None = None) -> State[Swept]:
    """Write the digest that is due by ``now``, or by the database's present. Safe to run daily."""
    return through_the_door(SLUG, TITLE, write, now)


# One transaction with the digest's date as its key: trying again never writes a second one.
@retried_step
def write(now: datetime | None) -> Swept:
    """One look at the week and at the meetings ahead."""
    return swept_alone("send_digests", now, _sweep)


def _sweep(engine: Engine, act: Act) -> Swept:
    report = digest.send_digest(engine, act)
    if report.issued_on is None:
        return Swept(act.now, NOTHING, (("Báo cáo", "chưa tới ngày, đã lập, hoặc chưa có nhiệm vụ nào"),))
    with reading(engine) as session:
        names = agency_names(session, report.recipients)
    counts = report.counts or {}
    rows = (
        ("Ngày báo cáo", f"{report.issued_on:%d/%m/%Y}"),
        ("Trước cuộc họp", listed(f"ngày {day:%d/%m/%Y}" for day in report.meetings)),
        ("Nơi nhận", listed(names.get(key, key) for key in report.recipients)),
        ("Việc cần quyết định", str(counts.get("decisions", 0))),
        ("Quá hạn", str(counts.get("overdue", 0))),
        ("Đến hạn trong 7 ngày", str(counts.get("due_7", 0))),
    )
    day = report.issued_on.isoformat()
    payload = DigestSent(day=day, counts=counts, recipients=list(report.recipients))
    summary = f"Lập báo cáo ngày {report.issued_on:%d/%m/%Y} gửi {len(report.recipients)} nơi."
    return Swept(act.now, summary, rows, (Signal("dondoc.digest.sent", payload),))
