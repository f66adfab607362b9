"""people and their seats, signing in; histories say which person it was, and by which way"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.migrations.seeing_of_0021 import find_by_body
from models.migrations.tables_of_0021 import (
    among,
    indexed,
    instant,
    key,
    of_person,
    points,
    primary,
    text,
    word,
)

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LETTERS = (
    "assignment", "reminder", "urging", "review", "confirmation", "escalation", "escalation_notice",
    "decision", "digest", "no_contact", "channel_down", "crossing", "extension", "extension_answer",
    "returned", "refused", "withdrawn", "handed_over", "cooperation", "paper_due", "deadline",
    "correction", "reopened", "recalled", "body_ended", "calendar", "clock",
    "invitation", "sign_in", "officer",
)  # fmt: skip
EVENTS = (
    "assigned", "received", "progress", "submitted", "confirmed", "returned", "refused", "reassigned",
    "withdrawn", "urged", "escalated", "climbed", "decided", "acknowledged", "paused", "resumed",
    "handed_over", "taken_over", "extension_asked", "extension_countered", "extension_agreed",
    "extension_refused", "extension_withdrawn", "deadline_set", "cooperation", "contributed", "crossed",
    "reviewed", "paper_issued", "corrected", "reopened", "officer_named",
)  # fmt: skip
ROLES = ("clerk", "officer", "head", "secretary", "chair", "deputy_chair", "member", "admin")
WAYS = ("page", "terminal", "link", "reply", "key", "sweep")


def upgrade() -> None:
    _people()
    _signing_in()
    with op.batch_alter_table("contact") as batch:
        batch.add_column(sa.Column("person_id", key, nullable=True))
        batch.create_index(batch.f("ix_contact_person_id"), ["person_id"])
        batch.create_foreign_key(batch.f("fk_contact_person_id"), "person", ["person_id"], ["id"])
        # Two officials of one name may sit at one body; only the register tells contacts by their labels.
        batch.drop_constraint(batch.f("uq_contact_agency_id_role_label"), type_="unique")
    _once("contact", "ix_contact_of_office", ["agency_id", "role", "label"], "person_id IS NULL")
    _once("contact", "ix_contact_of_person", ["agency_id", "role", "person_id"], "person_id IS NOT NULL")
    with op.batch_alter_table("outbox_letter") as batch:
        _say(batch, "outbox_letter", "kind", LETTERS)
        batch.add_column(sa.Column("person_id", key, nullable=True))
        batch.create_foreign_key(batch.f("fk_outbox_letter_person_id"), "person", ["person_id"], ["id"])
    for table, words in (("task_event", EVENTS), ("escalation_step", EVENTS), ("document_event", ())):
        with op.batch_alter_table(table) as batch:
            if words:
                _say(batch, table, "kind", words)
            for name in ("person_id", "instead_of_id"):
                batch.add_column(sa.Column(name, key, nullable=True))
                batch.create_foreign_key(batch.f(f"fk_{table}_{name}"), "person", [name], ["id"])
            batch.add_column(sa.Column("way", sa.String(length=24), nullable=True))
            batch.create_check_constraint(batch.f(f"ck_{table}_way"), among("way", WAYS))
    find_by_body()


def _say(batch: Any, table: str, column: str, words: tuple[str, ...]) -> None:
    batch.drop_constraint(batch.f(f"ck_{table}_{column}"), type_="check")
    batch.create_check_constraint(batch.f(f"ck_{table}_{column}"), among(column, words))


def _once(table: str, name: str, columns: list[str], where: str) -> None:
    said = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=said, postgresql_where=said)


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", key, nullable=False),
        sa.Column("name", text(length=200), nullable=False),
        sa.Column("email", text(length=254), nullable=True),
        sa.Column("email_key", text(length=254), nullable=True),
        sa.Column("phone", text(length=32), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", instant(), nullable=False),
        primary("person"),
        sa.UniqueConstraint("email_key", name=op.f("uq_person_email_key")),
    )
    op.create_table(
        "seat",
        sa.Column("id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("body_id", text(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        word("seat", "role", ROLES),
        points("seat", "body_id", "agency.id"),
        of_person("seat"),
        primary("seat"),
    )
    op.create_index("ix_seat_body_id", "seat", ["body_id", "valid_to"])
    indexed("seat", "person_id")
    op.create_table(
        "absence",
        sa.Column("id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("deputy_id", key, nullable=False),
        sa.Column("seat_id", key, nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("note", text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of_person("absence"),
        of_person("absence", "deputy_id"),
        points("absence", "seat_id", "seat.id"),
        primary("absence"),
    )
    indexed("absence", "person_id", "deputy_id")
    op.create_table(
        "task_officer",
        sa.Column("task_id", key, nullable=False),
        sa.Column("body_id", text(), nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("task_officer", "task_id", "task.id"),
        points("task_officer", "body_id", "agency.id"),
        of_person("task_officer"),
        primary("task_officer", "task_id", "body_id"),
    )
    indexed("task_officer", "person_id")


def _signing_in() -> None:
    op.create_table(
        "credential",
        sa.Column("person_id", key, nullable=False),
        sa.Column("password", text(), nullable=True),
        sa.Column("password_at", instant(), nullable=True),
        sa.Column("totp_secret", text(length=64), nullable=True),
        sa.Column("totp_at", instant(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of_person("credential"),
        primary("credential", "person_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("code", text(), nullable=False),
        sa.Column("used_at", instant(), nullable=True),
        of_person("recovery_code"),
        primary("recovery_code"),
    )
    op.create_table(
        "person_link",
        sa.Column("id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("made_at", instant(), nullable=False),
        sa.Column("expires_at", instant(), nullable=False),
        sa.Column("used_at", instant(), nullable=True),
        sa.Column("revoked_at", instant(), nullable=True),
        word("person_link", "purpose", ("invitation", "sign_in")),
        of_person("person_link"),
        primary("person_link"),
    )
    op.create_table(
        "link_token",
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("link_id", key, nullable=False),
        points("link_token", "link_id", "person_link.id"),
        primary("link_token", "digest"),
    )
    op.create_table(
        "signed_in",
        sa.Column("id", key, nullable=False),
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("began_at", instant(), nullable=False),
        sa.Column("seen_at", instant(), nullable=False),
        sa.Column("second_at", instant(), nullable=True),
        sa.Column("ended_at", instant(), nullable=True),
        sa.Column("seats", text(), nullable=False),
        sa.Column("address", text(length=64), nullable=False),
        sa.Column("agent", text(length=200), nullable=False),
        word("signed_in", "way", ("password", "link", "oidc")),
        of_person("signed_in"),
        primary("signed_in"),
        sa.UniqueConstraint("digest", name=op.f("uq_signed_in_digest")),
    )
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_signed_in_person_id", "signed_in", ["person_id"], sqlite_where=running, postgresql_where=running
    )
    op.create_table(
        "trusted_device",
        sa.Column("id", key, nullable=False),
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("until", instant(), nullable=False),
        of_person("trusted_device"),
        primary("trusted_device"),
        sa.UniqueConstraint("digest", name=op.f("uq_trusted_device_digest")),
    )
    indexed("recovery_code", "person_id")
    indexed("person_link", "person_id")
    indexed("link_token", "link_id")
    indexed("trusted_device", "person_id")


def downgrade() -> None:
    raise NotImplementedError("Rows may hold words that 0020 does not know: restore the backup instead.")
