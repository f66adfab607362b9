"""told deadlines: of which deadline a lead was told, and on which working day

A task that is there already is taken as told in time, unless the letter that tells of it still waits: then
that letter will do it.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_IN_TIME = "CASE WHEN due_set_on < due_on THEN due_set_on ELSE due_on END"
_WAITING = (
    "SELECT 1 FROM outbox_letter l WHERE l.task_id = task.id AND l.agency_id = task.agency_id"
    " AND l.state = 'pending' AND l.kind IN ('assignment', 'decision', 'extension_answer', 'handed_over')"
)


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "told_deadline",
        sa.Column("task_id", key, nullable=False),
        sa.Column("agency_id", text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_told_deadline_agency_id_agency")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_told_deadline_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_told_deadline")),
    )
    op.execute(
        "INSERT INTO told_deadline (task_id, agency_id, due_on, told_on)"
        f" SELECT id, agency_id, due_on, {_IN_TIME} FROM task"
        f" WHERE due_on IS NOT NULL AND NOT EXISTS ({_WAITING})"
    )


def downgrade() -> None:
    raise NotImplementedError(
        "Who was told of which deadline would be forgotten: restore the backup instead."
    )
