"""Prefect's server has to ask for a password: offices that have swept before get some days for it"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prefect_grace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prefect_grace")),
    )
    op.execute("INSERT INTO prefect_grace (id) SELECT 1 WHERE EXISTS (SELECT 1 FROM follow_up_day)")


def downgrade() -> None:
    op.drop_table("prefect_grace")
