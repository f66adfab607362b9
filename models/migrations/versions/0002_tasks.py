"""tasks"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("directive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "assigned",
                "accepted",
                "in_progress",
                "submitted",
                "confirmed",
                "refused",
                "returned",
                "paused",
                "withdrawn",
                "handed_over",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "paused_from",
            sa.Enum(
                "assigned",
                "accepted",
                "in_progress",
                "submitted",
                "confirmed",
                "refused",
                "returned",
                "paused",
                "withdrawn",
                "handed_over",
                name="paused_from",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("last_report_on", sa.Date(), nullable=True),
        sa.Column("urged", sa.Integer(), nullable=False),
        sa.Column("last_urged_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_task_agency_id")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_task_directive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "directive_id", "agency_id", "occurrence", name=op.f("uq_task_directive_id_agency_id_occurrence")
        ),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_agency_status", ["agency_id", "status", "due_on"], unique=False)
        batch_op.create_index("ix_task_awaited_due", ["due_on", "status", "agency_id"], unique=False)
        batch_op.create_index("ix_task_awaited_review", ["review_on", "status"], unique=False)

    op.create_table(
        "task_cooperation",
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_task_cooperation_agency_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_cooperation_task_id")),
        sa.PrimaryKeyConstraint("task_id", "agency_id", name=op.f("pk_task_cooperation")),
    )
    op.create_table(
        "task_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("happened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "assigned",
                "received",
                "progress",
                "submitted",
                "confirmed",
                "returned",
                "refused",
                "reassigned",
                "withdrawn",
                "urged",
                "escalated",
                "climbed",
                "decided",
                "acknowledged",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_status",
            sa.Enum(
                "assigned",
                "accepted",
                "in_progress",
                "submitted",
                "confirmed",
                "refused",
                "returned",
                "paused",
                "withdrawn",
                "handed_over",
                name="from_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "assigned",
                "accepted",
                "in_progress",
                "submitted",
                "confirmed",
                "refused",
                "returned",
                "paused",
                "withdrawn",
                "handed_over",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "actor",
            sa.Enum(
                "secretariat",
                "lead",
                "leader",
                "clock",
                name="actor",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("actor_agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_agency_id"], ["agency.id"], name=op.f("fk_task_event_actor_agency_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_event_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_event")),
        sa.UniqueConstraint("task_id", "seq", name=op.f("uq_task_event_task_id_seq")),
    )
    op.create_table(
        "urging",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("urged_on", sa.Date(), nullable=False),
        sa.Column("recipient_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["recipient_id"], ["agency.id"], name=op.f("fk_urging_recipient_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_urging_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging")),
        sa.UniqueConstraint("task_id", "number", name=op.f("uq_urging_task_id_number")),
    )


def downgrade() -> None:
    op.drop_table("urging")
    op.drop_table("task_event")
    op.drop_table("task_cooperation")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_awaited_review")
        batch_op.drop_index("ix_task_awaited_due")
        batch_op.drop_index("ix_task_agency_status")

    op.drop_table("task")
