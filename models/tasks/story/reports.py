"""What was reported on a task, with its figures and files."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency
from models.tables.reports import EvidenceFile, TaskReport
from models.tasks.story.evidence import COLUMNS, Evidence
from rules.text.figures import Figure, restored


@dataclass(frozen=True, slots=True)
class Reported:
    """One report of the lead or of a cooperating body; ``percent`` is 0-100."""

    reported_on: date
    agency: str
    percent: int | None
    text: str
    figures: dict[str, Figure]
    files: tuple[Evidence, ...]


def reports_of(session: Session, task_id: int) -> list[Reported]:
    """All reports on the task, latest first, the files of each in the order in which they were handed in."""
    query = (
        sa.select(TaskReport, Agency.name)
        .join(Agency, Agency.id == TaskReport.agency_id)
        .where(TaskReport.task_id == task_id)
    )
    rows = session.execute(query.order_by(TaskReport.id.desc())).all()
    files = _files(session, [report.id for report, _ in rows])
    return [
        Reported(
            report.reported_on,
            agency,
            report.percent,
            report.text,
            restored(report.figures),
            tuple(files.get(report.id, ())),
        )
        for report, agency in rows
    ]


def _files(session: Session, report_ids: Collection[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    if not report_ids:
        return found
    query = sa.select(EvidenceFile.report_id, *COLUMNS).where(EvidenceFile.report_id.in_(report_ids))
    for report_id, *values in session.execute(query.order_by(EvidenceFile.id)):
        found[report_id].append(Evidence(*values))
    return found
