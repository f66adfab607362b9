"""bodies that have ended, and what they still owe: asked for on every pass"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ENDS = "valid_to IS NOT NULL"
OWING = "state IN ('accepted', 'asked')"
INDEXES = (
    ("ix_agency_ends", "agency", "valid_to", ENDS),
    ("ix_task_cooperation_owing", "task_cooperation", "agency_id", OWING),
)


def upgrade() -> None:
    for name, table, column, only in INDEXES:
        where = sa.text(only)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
