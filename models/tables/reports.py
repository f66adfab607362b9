"""What a lead agency reported on a task, with the files that show it."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database.columns import big_key, json_value


class TaskReport(SQLModel, table=True):
    """One report of progress or of the result; rows are only ever added."""

    __tablename__ = "task_report"
    __table_args__ = (
        UniqueConstraint("task_id", "event_seq"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    agency_id: str = Field(foreign_key="agency.id")  # who reports: the lead or a cooperating body
    event_seq: int  # the task_event that it came with
    reported_on: date
    percent: int | None = Field(default=None, sa_type=sa.SmallInteger)  # 0-100
    text: str = ""
    #: Name -> number with its unit (``rules/text/figures.py``).
    figures: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=json_value())


class EvidenceFile(SQLModel, table=True):
    """A file handed in with a report; its bytes lie in the evidence folder under ``stored_as``."""

    __tablename__ = "evidence_file"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    report_id: int = Field(foreign_key="task_report.id", index=True, sa_type=big_key())
    name: str  # as the sender called it
    media_type: str = Field(max_length=100)
    size: int = Field(sa_type=sa.BigInteger)  # bytes
    sha256: str = Field(max_length=64)
    stored_as: str  # a name inside the folder, never a path
