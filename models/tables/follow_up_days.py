"""Which days were followed up and under which policy: what later explains a missing reminder."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from models.database.columns import json_value


class PolicyVersion(SQLModel, table=True):
    """A text of the policy that the follow-up has worked under; changing it rewrites no history."""

    __tablename__ = "policy_version"

    digest: str = Field(primary_key=True, max_length=64)  # SHA-256 of the text
    text: str
    first_used_at: datetime


class FollowUpDay(SQLModel, table=True):
    """A day on which the follow-up ran; a day without a row is one on which it was away."""

    __tablename__ = "follow_up_day"

    day: date = Field(primary_key=True)
    since: date | None = None  # the day followed before this one; None: the first ever
    first_at: datetime
    last_at: datetime
    policy_digest: str = Field(foreign_key="policy_version.digest", max_length=64)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=json_value())  # of what was written, by kind


def last_policy(session: Session) -> str | None:
    """The text of the policy that the last day followed was worked under; None: no day was."""
    query = (
        sa.select(PolicyVersion.text)
        .join(FollowUpDay, FollowUpDay.policy_digest == PolicyVersion.digest)
        .order_by(FollowUpDay.day.desc())
    )
    return session.scalar(query.limit(1))
