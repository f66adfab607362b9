"""people and their seats, signing in, the trail; histories say which person it was, and by which way"""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from models.migrations.seeing_of_0021 import find_by_body
from models.migrations.tables_of_0021 import signed_slips

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
ACTORS = ("secretariat", "lead", "cooperating", "member", "assigner", "leader", "clock")
WHAT = (
    "act", "sweep", "signed_in", "sign_in_failed", "signed_out", "sign_in_ended", "link_made", "credential",
    "refused", "person", "seat", "absence", "register", "policy", "settings", "export", "outbox",
    "installation", "blacked_out",
)  # fmt: skip

text, instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _signing_in()
    _trail()
    signed_slips()
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
            batch.create_check_constraint(batch.f(f"ck_{table}_way"), _among("way", WAYS))
    find_by_body()


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _word(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(_among(column, words), name=op.f(f"ck_{table}_{column}"))


def _say(batch: Any, table: str, column: str, words: tuple[str, ...]) -> None:
    batch.drop_constraint(batch.f(f"ck_{table}_{column}"), type_="check")
    batch.create_check_constraint(batch.f(f"ck_{table}_{column}"), _among(column, words))


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _of_person(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return _points(table, column, "person.id")


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns or ("id",), name=op.f(f"pk_{table}"))


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


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
        _primary("person"),
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
        _word("seat", "role", ROLES),
        _points("seat", "body_id", "agency.id"),
        _of_person("seat"),
        _primary("seat"),
    )
    op.create_index("ix_seat_body_id", "seat", ["body_id", "valid_to"])
    _indexed("seat", "person_id")
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
        _of_person("absence"),
        _of_person("absence", "deputy_id"),
        _points("absence", "seat_id", "seat.id"),
        _primary("absence"),
    )
    _indexed("absence", "person_id", "deputy_id")
    op.create_table(
        "task_officer",
        sa.Column("task_id", key, nullable=False),
        sa.Column("body_id", text(), nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _points("task_officer", "task_id", "task.id"),
        _points("task_officer", "body_id", "agency.id"),
        _of_person("task_officer"),
        _primary("task_officer", "task_id", "body_id"),
    )
    _indexed("task_officer", "person_id")


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
        _of_person("credential"),
        _primary("credential", "person_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("code", text(), nullable=False),
        sa.Column("used_at", instant(), nullable=True),
        _of_person("recovery_code"),
        _primary("recovery_code"),
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
        _word("person_link", "purpose", ("invitation", "sign_in")),
        _of_person("person_link"),
        _primary("person_link"),
    )
    op.create_table(
        "link_token",
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("link_id", key, nullable=False),
        _points("link_token", "link_id", "person_link.id"),
        _primary("link_token", "digest"),
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
        _word("signed_in", "way", ("password", "link", "oidc")),
        _of_person("signed_in"),
        _primary("signed_in"),
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
        _of_person("trusted_device"),
        _primary("trusted_device"),
        sa.UniqueConstraint("digest", name=op.f("uq_trusted_device_digest")),
    )
    _indexed("recovery_code", "person_id")
    _indexed("person_link", "person_id")
    _indexed("link_token", "link_id")
    _indexed("trusted_device", "person_id")


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
        _word("trail", "what", WHAT),
        _word("trail", "actor", ACTORS),
        _word("trail", "way", WAYS),
        _of_person("trail"),
        _of_person("trail", "instead_of_id"),
        _points("trail", "seat_id", "seat.id"),
        _points("trail", "body_id", "agency.id"),
        _primary("trail"),
    )
    _indexed("trail", "happened_at")
    for column in ("what", "person_id", "body_id"):
        op.create_index(f"ix_trail_{column}", "trail", [column, "happened_at"])
    op.create_index("ix_trail_noun", "trail", ["noun", "noun_key", "happened_at"])
    op.create_table(
        "trail_name",
        sa.Column("trail_id", key, nullable=False),
        sa.Column("said", text(), nullable=True),
        sa.Column("salt", text(length=32), nullable=True),
        sa.Column("digest", text(length=64), nullable=False),
        _points("trail_name", "trail_id", "trail.id"),
        _primary("trail_name", "trail_id"),
    )
    op.create_table(
        "trail_seal",
        sa.Column("seq", key, autoincrement=False, nullable=False),
        sa.Column("trail_id", key, nullable=False),
        sa.Column("digest", text(length=64), nullable=False),
        sa.Column("sealed_at", instant(), nullable=False),
        _points("trail_seal", "trail_id", "trail.id"),
        _primary("trail_seal", "seq"),
        sa.UniqueConstraint("trail_id", name=op.f("uq_trail_seal_trail_id")),
    )


def downgrade() -> None:
    raise NotImplementedError("Rows may hold words that 0020 does not know: restore the backup instead.")
