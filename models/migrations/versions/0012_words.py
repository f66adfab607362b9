"""words: corrections and recalls after the issue, deadlines that are told, bodies that ended, the clock"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LETTERS = (
    "assignment", "reminder", "urging", "review", "confirmation", "escalation", "escalation_notice",
    "decision", "digest", "no_contact", "channel_down", "crossing", "extension", "extension_answer",
    "returned", "refused", "withdrawn", "handed_over", "cooperation", "paper_due", "deadline",
    "correction", "reopened", "recalled", "body_ended", "calendar", "clock",
)  # fmt: skip
EVENTS = (
    "assigned", "received", "progress", "submitted", "confirmed", "returned", "refused", "reassigned",
    "withdrawn", "urged", "escalated", "climbed", "decided", "acknowledged", "paused", "resumed",
    "handed_over", "taken_over", "extension_asked", "extension_countered", "extension_agreed",
    "extension_refused", "extension_withdrawn", "deadline_set", "cooperation", "contributed", "crossed",
    "reviewed", "paper_issued", "corrected", "reopened",
)  # fmt: skip
STATES = (
    "draft", "ready", "issued", "recalled",
)  # fmt: skip
MOVES = (
    "made_ready", "taken_back", "issued", "supplemented", "recalled",
)  # fmt: skip
CAUSES = (
    "issued", "receipt", "event", "extension", "pause", "decision", "parent", "hand_over", "correction",
    "calendar",
)  # fmt: skip


def upgrade() -> None:
    for table, column, words in (
        ("outbox_letter", "kind", LETTERS),
        ("task_event", "kind", EVENTS),
        ("escalation_step", "kind", EVENTS),
        ("document", "state", STATES),
        ("document_event", "kind", MOVES),
        ("deadline_change", "cause", CAUSES),
    ):
        quoted = ", ".join(f"'{word}'" for word in words)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({quoted})")


def downgrade() -> None:
    raise NotImplementedError("Rows may hold words that 0011 does not know: restore the backup instead.")
