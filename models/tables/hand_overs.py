"""Hand-overs of open tasks to another lead or to a successor body, by their legal basis."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.database.columns import big_key


class HandOver(SQLModel, table=True):
    """One hand-over, of one task or of many; its events name it in ``data["hand_over"]``."""

    __tablename__ = "hand_over"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    made_at: datetime
    made_on: date
    from_agency_id: str = Field(foreign_key="agency.id", index=True)
    to_agency_id: str = Field(foreign_key="agency.id")
    legal_basis: str  # "Nghị quyết số 202/2025/QH15", as the secretariat entered it
    reason: str = ""
    author: str = ""  # who entered it, as the pages know them
