"""the clock: leaps that nobody has confirmed are remembered until they are over"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "clock_leap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("first_shown", instant(), nullable=False),
        sa.Column("first_held", instant(), nullable=False),
        sa.Column("shown", instant(), nullable=False),
        sa.Column("held", instant(), nullable=False),
        sa.Column("events_before", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("over_at", instant(), nullable=True),
        sa.Column("confirmed_at", instant(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=24), nullable=True),
        sa.CheckConstraint("confirmed_by IN ('command', 'page')", name=op.f("ck_clock_leap_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_leap")),
    )
    op.create_index(op.f("ix_clock_leap_over_at"), "clock_leap", ["over_at"])
    op.create_index(op.f("ix_clock_leap_confirmed_at"), "clock_leap", ["confirmed_at"])


def downgrade() -> None:
    op.drop_table("clock_leap")
