"""told deadlines: of which deadline a lead was told, and on which working day

Tasks that are there already need no row: they are taken as told, unless the letter that tells still waits.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TELLING = (
    "state = 'pending' AND kind IN ('assignment', 'correction', 'deadline', 'decision', 'extension_answer',"
    " 'handed_over', 'reopened')"
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
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_told_deadline_agency_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_told_deadline_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_told_deadline")),
    )
    op.create_index(
        "ix_outbox_letter_telling",
        "outbox_letter",
        ["task_id"],
        sqlite_where=sa.text(_TELLING),
        postgresql_where=sa.text(_TELLING),
    )


def downgrade() -> None:
    raise NotImplementedError(
        "Who was told of which deadline would be forgotten: restore the backup instead."
    )
