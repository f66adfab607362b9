"""By what a body finds the rows that it may see: those it leads, cooperates on, is named by, declared."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

CLOSED = "status IN ('confirmed', 'handed_over', 'withdrawn')"
CONTRIBUTED = "state = 'contributed'"


def find_by_body() -> None:
    """Indexes of what was closed, handed in and named; a case says who declared it, as far as is known."""
    party = ["agency_id", "role", "directive_id"]
    op.create_index("ix_directive_party_agency_id", "directive_party", party)
    for name, table, where in (("closed", "task", CLOSED), ("contributed", "task_cooperation", CONTRIBUTED)):
        some = sa.text(where)
        op.create_index(f"ix_{table}_{name}", table, ["agency_id"], sqlite_where=some, postgresql_where=some)
    with op.batch_alter_table("escalation_case") as batch:
        batch.add_column(sa.Column("raised_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_escalation_case_raised_by_id"), "agency", ["raised_by_id"], ["id"]
        )
    lead = "SELECT agency_id FROM task WHERE task.id = escalation_case.task_id"
    op.execute(f"UPDATE escalation_case SET raised_by_id = ({lead})")
