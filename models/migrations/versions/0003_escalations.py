"""escalations"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "decided",
                "acknowledged",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "member",
                "lead_agency",
                "standing",
                "chair",
                "province",
                "outside",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("rung_since", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("missing_authority", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tried", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opinions", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("options", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recommendation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "decide",
                "return",
                "pass_up",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("capacity", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_escalation_case_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_case")),
    )
    with op.batch_alter_table("escalation_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_case_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_case_task_id"), ["task_id"], unique=False)
        batch_op.create_index(
            "uq_escalation_case_open_task",
            ["task_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "escalation_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
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
            "rung",
            sa.Enum(
                "member",
                "lead_agency",
                "standing",
                "chair",
                "province",
                "outside",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["escalation_case.id"], name=op.f("fk_escalation_step_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_step")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_escalation_step_case_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("escalation_step")
    with op.batch_alter_table("escalation_case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_escalation_case_open_task",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_escalation_case_task_id"))
        batch_op.drop_index(batch_op.f("ix_escalation_case_state"))

    op.drop_table("escalation_case")
