"""a database that was set back or copied: witnesses outside it, restores, letters said before them"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.add_column("installation", sa.Column("purpose", text(length=8), nullable=True))
    op.create_table(
        "witness_stream",
        sa.Column("host", text(length=80), nullable=False),
        sa.Column("worker", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Integer(), nullable=False),
        sa.Column("noted_at", instant(), nullable=False),
        sa.Column("fingerprint", text(length=120), nullable=False),
        sa.Column("ahead_since", instant(), nullable=True),
        sa.PrimaryKeyConstraint("host", "worker", name=op.f("pk_witness_stream")),
    )
    op.create_table(
        "restore",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("declared_at", instant(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("catch_up_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restore")),
    )
    op.create_table(
        "said_before",
        sa.Column("key", text(), nullable=False),
        sa.Column("place", text(length=32), nullable=False),
        sa.Column("mark", text(length=32), nullable=False),
        sa.Column("said", sa.String(length=24), nullable=False),
        sa.Column("message_id", text(), nullable=False),
        sa.CheckConstraint("said IN ('sent', 'unknown', 'cleared')", name=op.f("ck_said_before_said")),
        sa.PrimaryKeyConstraint("key", "place", "mark", name=op.f("pk_said_before")),
    )


def downgrade() -> None:
    raise NotImplementedError(
        "What was said before a restore would be said again: restore the backup instead."
    )
