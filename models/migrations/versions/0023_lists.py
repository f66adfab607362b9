"""indexes that hold all that the head of a list asks, and one with the open tasks of all bodies in order"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BLANK = sa.text("(due_on IS NULL)")
OPEN = sa.text(
    "status IN ('accepted', 'assigned', 'in_progress', 'paused', 'refused', 'returned', 'submitted')"
)
PARTIAL = {"sqlite_where": OPEN, "postgresql_where": OPEN}


def upgrade() -> None:
    op.drop_index("ix_task_desk", "task")
    op.create_index("ix_task_desk", "task", ["agency_id", BLANK, "due_on", "id", "status"], **PARTIAL)
    op.create_index("ix_task_open", "task", [BLANK, "due_on", "id"], **PARTIAL)
    op.create_index("ix_task_given", "task", ["directive_id", "agency_id", "status", "due_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_task_given", "task")
    op.drop_index("ix_task_open", "task")
    op.drop_index("ix_task_desk", "task")
    op.create_index("ix_task_desk", "task", ["agency_id", BLANK, "due_on", "id"], **PARTIAL)
