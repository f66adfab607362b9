"""which reminders were written for a day: asked for every near deadline on every pass"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REMINDER = "kind = 'reminder'"


def upgrade() -> None:
    op.create_index(
        "ix_outbox_letter_reminded",
        "outbox_letter",
        ["due_on", "task_id", "number"],
        sqlite_where=sa.text(REMINDER),
        postgresql_where=sa.text(REMINDER),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_letter_reminded", "outbox_letter")
