"""What revision 0021 makes beside people, signing in and the trail: the signed papers of cases."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

text = sqlmodel.sql.sqltypes.AutoString
key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def signed_slips() -> None:
    """The signed phiếu trình by which a step of a case was recorded."""
    op.create_table(
        "signed_slip",
        sa.Column("case_id", key, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", text(length=100), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by", text(length=200), nullable=False),
        sa.Column("capacity", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("media_type", text(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", text(length=64), nullable=False),
        sa.Column("stored_as", text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["escalation_case.id"], name=op.f("fk_signed_slip_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_signed_slip")),
    )
