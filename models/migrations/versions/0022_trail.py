"""the trail of who did what, and the signed phiếu trình by which a step of a case was recorded"""

import sqlalchemy as sa
from alembic import op

from models.migrations.tables_of_0021 import indexed, instant, key, of_person, points, primary, text, word

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WAYS = ("page", "terminal", "link", "reply", "key", "sweep")
ACTORS = ("secretariat", "lead", "cooperating", "member", "assigner", "leader", "clock")
WHAT = (
    "act", "sweep", "signed_in", "sign_in_failed", "signed_out", "sign_in_ended", "link_made", "credential",
    "refused", "person", "seat", "absence", "register", "policy", "settings", "export", "outbox",
    "installation", "blacked_out",
)  # fmt: skip


def upgrade() -> None:
    _trail()
    _signed_slips()


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", key, nullable=False),
        sa.Column("happened_at", instant(), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=24), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=True),
        sa.Column("person_id", key, nullable=True),
        sa.Column("instead_of_id", key, nullable=True),
        sa.Column("seat_id", key, nullable=True),
        sa.Column("body_id", text(), nullable=True),
        sa.Column("address", text(length=64), nullable=False),
        sa.Column("noun", text(length=24), nullable=False),
        sa.Column("noun_key", text(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        word("trail", "what", WHAT),
        word("trail", "actor", ACTORS),
        word("trail", "way", WAYS),
        of_person("trail"),
        of_person("trail", "instead_of_id"),
        points("trail", "seat_id", "seat.id"),
        points("trail", "body_id", "agency.id"),
        primary("trail"),
    )
    indexed("trail", "happened_at")
    for column in ("what", "person_id", "body_id"):
        op.create_index(f"ix_trail_{column}", "trail", [column, "happened_at"])
    op.create_index("ix_trail_noun", "trail", ["noun", "noun_key", "happened_at"])
    op.create_table(
        "trail_name",
        sa.Column("trail_id", key, nullable=False),
        sa.Column("said", text(), nullable=True),
        sa.Column("salt", text(length=32), nullable=True),
        sa.Column("digest", text(length=64), nullable=False),
        points("trail_name", "trail_id", "trail.id"),
        primary("trail_name", "trail_id"),
    )
    op.create_table(
        "trail_seal",
        sa.Column("seq", key, autoincrement=False, nullable=False),
        sa.Column("trail_id", key, nullable=False),
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("sealed_at", instant(), nullable=False),
        points("trail_seal", "trail_id", "trail.id"),
        primary("trail_seal", "seq"),
        sa.UniqueConstraint("trail_id", name=op.f("uq_trail_seal_trail_id")),
    )


def _signed_slips() -> None:
    op.create_table(
        "signed_slip",
        sa.Column("case_id", key, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", text(length=100), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by", text(length=200), nullable=False),
        sa.Column("capacity", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("media_type", text(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", text(length=64), nullable=False),
        sa.Column("stored_as", text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["escalation_case.id"], name=op.f("fk_signed_slip_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_signed_slip")),
    )


def downgrade() -> None:
    raise NotImplementedError("The trail cannot be made again: restore the backup instead.")
