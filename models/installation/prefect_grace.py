"""How long an office of an earlier release may go on with a Prefect server that asks for no password."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class PrefectGrace(SQLModel, table=True):
    """One row in a database that had been followed up when the migration came; none in a newer office.

    ``started_at`` is when the sweeps first started through Prefect after it; None: not yet. From then on
    the days count, whether the server is open or not (``flows/actions/installation/open_server.py``,
    decision 0013).
    """

    __tablename__ = "prefect_grace"

    id: int = Field(default=1, primary_key=True)
    started_at: datetime | None = None
