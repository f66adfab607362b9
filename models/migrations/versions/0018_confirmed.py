"""what a person confirmed before a document was published or made ready"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("confirmed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("document", "confirmed")
