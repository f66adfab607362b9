"""drafts that are put away and brought back; the digest of the file that a document came from"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = ("draft", "ready", "issued", "recalled", "discarded")
MOVES = ("made_ready", "taken_back", "issued", "supplemented", "recalled", "discarded", "restored")


def upgrade() -> None:
    for table, column, words in (("document", "state", STATES), ("document_event", "kind", MOVES)):
        quoted = ", ".join(f"'{word}'" for word in words)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({quoted})")
    digest = sa.Column("source_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True)
    op.add_column("document", digest)
    op.create_index(op.f("ix_document_source_digest"), "document", ["source_digest"])


def downgrade() -> None:
    raise NotImplementedError("Rows may hold words that 0023 does not know: restore the backup instead.")
