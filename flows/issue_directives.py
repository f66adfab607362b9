"""Sweep: issue the documents that are ready, open the next occurrences of recurring duties."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.follow_up import issue_due
from flows.events import DirectivesIssued
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
from notifications.letters.kit.filters import grouped

SLUG = "issue-directives"
TITLE = "Phát hành nhiệm vụ"
DESCRIPTION = "Phát hành văn bản đã duyệt đến giờ và mở kỳ kế tiếp của nhiệm vụ định kỳ."


@flow(name=SLUG, description=DESCRIPTION, flow_run_name=run_name(TITLE), retries=0, persist_result=False)
def issue_directives(now: GivenInstant | None = None) -> State[Swept]:
    """Issue all that is due by ``now``, or by the database's present instant. Safe to run twice."""
    return through_the_door(SLUG, TITLE, issue, now)


# Each document is a transaction of its own and is claimed by its identity: trying again goes on.
# What a failed attempt had issued is then missing in this report, but not in the register.
@retried_step
def issue(now: datetime | None) -> Swept:
    """One pass over what is ready."""
    return swept_alone("issue_directives", now, _sweep)


def _sweep(engine: Engine, act: Act) -> Swept:
    report = issue_due.issue_due(engine, act)
    rows = (
        ("Văn bản đã phát hành", f"{len(report.issued)}: {listed(report.issued)}"),
        ("Nhiệm vụ đã mở", f"{grouped(len(report.opened))}: {listed(report.opened)}"),
        ("Văn bản chưa phát hành được", listed(f"số {key}: {why}" for key, why in report.refused)),
        ("Nhiệm vụ định kỳ chờ lịch ngày làm việc năm sau", listed(report.waiting)),
    )
    summary = f"Phát hành {len(report.issued)} văn bản, mở {grouped(len(report.opened))} nhiệm vụ."
    if report.refused:
        summary += f" {len(report.refused)} văn bản chưa phát hành được, cần Ban Thư ký xem."
    if report.waiting:
        summary += f" {grouped(len(report.waiting))} nhiệm vụ định kỳ chờ lịch ngày làm việc năm sau."
    did_something = report.issued or report.opened or report.refused or report.waiting
    return Swept(act.now, summary if did_something else NOTHING, rows, _signals(report))


def _signals(report: issue_due.IssueReport) -> tuple[Signal, ...]:
    if not report.opened and not report.issued:
        return ()
    refused = [key for key, _ in report.refused]
    payload = DirectivesIssued(issued=len(report.issued), tasks=list(report.opened), refused=refused)
    return (Signal("dondoc.directives.issued", payload),)
