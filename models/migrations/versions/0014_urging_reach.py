"""urgings: which of them a công văn carried, and the tasks whose urgings may have come late"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AGAIN = "status IN ('accepted', 'assigned', 'in_progress', 'returned') AND last_urged_on IS NOT NULL"


def upgrade() -> None:
    op.add_column("urging", sa.Column("carried_on", sa.Date(), nullable=True))
    where = {"sqlite_where": sa.text(AGAIN), "postgresql_where": sa.text(AGAIN)}
    op.create_index("ix_task_count", "task", ["count_step", "urged"], **where)
    _tell_what_papers_carried()


def downgrade() -> None:
    op.drop_index("ix_task_count", table_name="task")
    op.drop_column("urging", "carried_on")


def _tell_what_papers_carried() -> None:
    """A paper that is out carried the urgings of the tasks that it named: each has the event of its issue."""
    postgres = op.get_bind().dialect.name == "postgresql"
    told = "CAST(e.data ->> 'paper' AS bigint)" if postgres else "json_extract(e.data, '$.paper')"
    op.execute(
        "UPDATE urging SET carried_on = (SELECT p.issued_on FROM urging_paper p WHERE p.id = urging.paper_id)"
        " WHERE paper_id IS NOT NULL AND EXISTS (SELECT 1 FROM task_event e WHERE e.task_id = urging.task_id"
        f" AND e.kind = 'paper_issued' AND {told} = urging.paper_id)"
    )
