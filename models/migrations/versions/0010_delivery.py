"""delivery by several workers: claims that are numbered, channels that are stopped, places told apart"""

import secrets
from typing import Any
from urllib.parse import unquote

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LETTERS = (
    "assignment", "reminder", "urging", "review", "confirmation", "escalation", "escalation_notice",
    "decision", "digest", "no_contact", "channel_down", "crossing", "extension", "extension_answer", "returned",
    "refused", "withdrawn", "handed_over", "cooperation", "paper_due",
)  # fmt: skip
MESSAGES = ("queued", "sending", "sent", "saved", "owed", "moved", "failed", "unknown", "obsolete")
OUTCOMES = ("sent", "saved", "try_again", "never", "unknown")
TO_GO = "state IN ('owed', 'queued')"
SCHEMAS = {"smtpmail": "mail", "emlfolder": "folder", "zalooa": "zalo"}


def upgrade() -> None:
    op.create_table(
        "channel_state",
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("stops", sa.Integer(), nullable=False),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("paused_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("probe_by", sa.Integer(), nullable=True),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_state")),
    )
    made = op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.bulk_insert(made, [{"id": 1, "secret": secrets.token_hex(32)}])
    _tell_places()
    _number_claims()
    _new_words("outbox_letter", kind=LETTERS)
    _new_words("delivery_event", state=MESSAGES)
    _correct_what_was_saved()


def downgrade() -> None:
    raise NotImplementedError("Messages stand in states that 0009 does not know: restore the backup instead.")


def _tell_places() -> None:
    op.add_column("contact_address", sa.Column("channel", sa.String(length=24), nullable=True))
    op.add_column("contact_address", sa.Column("identity", sa.String(), nullable=True))
    table = sa.table("contact_address", *(sa.column(name) for name in ("id", "url", "channel", "identity")))
    connection = op.get_bind()
    for key, url in connection.execute(sa.select(table.c.id, table.c.url)).all():
        told = {"channel": _channel(url), "identity": _identity(url)}
        connection.execute(sa.update(table).where(table.c.id == key).values(told))
    op.create_index(op.f("ix_contact_address_identity"), "contact_address", ["identity"])


def _channel(url: str) -> str:
    schema, found, _ = url.partition("://")
    schema = schema.strip().lower() if found else ""
    return SCHEMAS.get(schema, schema)


def _identity(url: str) -> str:
    """As ``rules/outbox/addresses.py`` had it on the day of this revision."""
    channel, rest = _channel(url), url.strip().partition("://")[2].partition("?")[0].rstrip("/")
    if channel not in ("mail", "folder", "mailto", "mailtos") or "@" not in rest:
        return f"{channel}:{rest.strip()}"
    local, _, domain = rest.rpartition("@") if rest.count("@") == 1 else rest.partition("@")
    return f"mailbox:{unquote(local).strip()}@{unquote(domain).strip()}".lower()


def _number_claims() -> None:
    op.add_column("outbox_message", sa.Column("claim", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox_message", sa.Column("claimed_by", sa.Integer(), nullable=True))
    _new_words("outbox_message", state=MESSAGES, outcome=OUTCOMES)
    with op.batch_alter_table("outbox_message") as batch:
        batch.alter_column("claim", server_default=None)
    _partial("ix_outbox_message_next", ["channel", "urgent", "next_at", "id"], TO_GO)
    _partial("ix_outbox_message_reader", ["contact_id"], TO_GO)
    _partial("ix_outbox_message_sending", ["claimed_by"], "state = 'sending'")
    _partial("ix_outbox_message_unknown", ["id"], "state = 'unknown'")


def _correct_what_was_saved() -> None:
    """A letter that lies in a folder was never sent."""
    op.execute("UPDATE outbox_message SET state = 'saved', outcome = 'saved'"
               " WHERE state = 'sent' AND channel = 'folder'")  # fmt: skip


def _partial(name: str, columns: list[str], where: str) -> None:
    given = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, "outbox_message", columns, **given)


def _new_words(table: str, **columns: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        for column, words in columns.items():
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            _words(batch, table, column, words)


def _words(batch: Any, table: str, column: str, words: tuple[str, ...]) -> None:
    quoted = ", ".join(f"'{word}'" for word in words)
    batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({quoted})")
