"""mending after the issue: the deadline as corrected, the reason of a document's move"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("corrected_due_on", sa.Date(), nullable=True))
    op.add_column(
        "document_event",
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("document_event", "note")
    op.drop_column("task", "corrected_due_on")
