"""What is learned from the secretariat: names it confirmed, and what it corrected in readings."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.database.columns import big_key, json_or_null, words
from rules.vocabulary import CorrectionField

_ACTIVE = sa.text("withdrawn_at IS NULL")


class ConfirmedAlias(SQLModel, table=True):
    """Another name of a body, confirmed on a draft; never deleted, only withdrawn."""

    __tablename__ = "confirmed_alias"
    __table_args__ = (
        sa.Index(
            "uq_confirmed_alias_active",
            "alias_key",
            "agency_id",
            unique=True,
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
        sa.CheckConstraint("alias_key <> ''", name="has_key"),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="valid_in_order"
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    alias: str  # as written in the document
    alias_key: str  # folded (``rules.text.folding.fold``)
    agency_id: str = Field(foreign_key="agency.id")
    valid_from: date | None = None  # of the body, when the alias was confirmed
    valid_to: date | None = None
    document_id: int = Field(foreign_key="document.id", sa_type=big_key())
    confirmed_at: datetime
    author: str
    withdrawn_at: datetime | None = None


class ReadingCorrection(SQLModel, table=True):
    """One field of a first reading that was issued otherwise; written once, when it is issued."""

    __tablename__ = "reading_correction"
    __table_args__ = (sa.CheckConstraint("ordinal >= 1", name="ordinal_counts_from_one"),)

    document_id: int = Field(primary_key=True, foreign_key="document.id", sa_type=big_key())
    ordinal: int = Field(primary_key=True)  # in the first reading; of an added directive, as issued
    field: CorrectionField = Field(primary_key=True, sa_type=words(CorrectionField, "field"))
    before: Any = Field(default=None, sa_type=json_or_null(), nullable=True)  # NULL: added
    after: Any = Field(default=None, sa_type=json_or_null(), nullable=True)  # NULL: dropped
    had_doubt: bool = False  # the reader had said that it was unsure of this field
    read_by: str | None = None  # rule that judged the directive
    due_read_by: str | None = None  # pattern that read its deadline
    issued_at: datetime
