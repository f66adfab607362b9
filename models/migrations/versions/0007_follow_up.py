"""follow up: reports, extensions, pauses, hand-overs, crossings, papers, and what a sweep is found by"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.migrations.tables_of_0007 import create_tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACTORS = ("secretariat", "lead", "cooperating", "member", "assigner", "leader", "clock")
EVENTS = (
    "assigned", "received", "progress", "submitted", "confirmed", "returned", "refused", "reassigned",
    "withdrawn", "urged", "escalated", "climbed", "decided", "acknowledged", "paused", "resumed",
    "handed_over", "taken_over", "extension_asked", "extension_countered", "extension_agreed",
    "extension_refused", "extension_withdrawn", "deadline_set", "cooperation", "contributed", "crossed", "reviewed",
    "paper_issued",
)  # fmt: skip
LETTERS = (
    "assignment", "reminder", "urging", "review", "confirmation", "escalation", "escalation_notice",
    "decision", "digest", "no_contact", "crossing", "extension", "extension_answer", "returned", "refused",
    "withdrawn", "handed_over", "cooperation", "paper_due",
)  # fmt: skip
PARTS = ("asked", "accepted", "contributed", "released")

AWAITED = "status IN ('accepted', 'assigned', 'in_progress', 'returned')"
OPEN = "status IN ('accepted', 'assigned', 'in_progress', 'paused', 'refused', 'returned', 'submitted')"


def upgrade() -> None:
    create_tables()
    _new_words("task_event", kind=EVENTS, actor=ACTORS)
    _new_words("escalation_step", kind=EVENTS)
    _new_words("document_event", actor=ACTORS)
    _new_words("outbox_letter", kind=LETTERS)
    _extend_directives()
    _extend_letters()
    _extend_tasks()
    _extend_cooperation()
    _extend_urgings()
    _tell_history()
    _index_tasks()  # last: SQLAlchemy warns of an index over an expression whenever it reflects the table


def downgrade() -> None:
    raise NotImplementedError("The history holds words that 0006 does not know: restore the backup instead.")


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _words(batch: Any, table: str, column: str, words: tuple[str, ...]) -> None:
    quoted = ", ".join(f"'{word}'" for word in words)
    batch.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({quoted})")


def _new_words(table: str, **columns: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        for column, words in columns.items():
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            _words(batch, table, column, words)


def _partial(name: str, table: str, columns: list[Any], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _extend_directives() -> None:
    op.add_column("directive", sa.Column("due_basis", sa.String(), nullable=False, server_default=""))
    op.add_column("directive", sa.Column("urgency", sa.String(), nullable=False, server_default=""))
    op.add_column("directive", sa.Column("event_id", _id(), nullable=True))
    with op.batch_alter_table("directive") as batch:
        batch.alter_column("due_basis", server_default=None)
        batch.alter_column("urgency", server_default=None)
        batch.create_foreign_key(op.f("fk_directive_event_id"), "awaited_event", ["event_id"], ["id"])
    _partial("ix_directive_event_id", "directive", ["event_id"], "event_id IS NOT NULL")
    _partial("ix_directive_recurring", "directive", ["id"], "due_kind = 'recurring'")


def _extend_letters() -> None:
    op.add_column("outbox_letter", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("outbox_letter", sa.Column("due_on", sa.Date(), nullable=True))
    if _sqlite():
        number, due_on = "json_extract(data, '$.number')", "json_extract(data, '$.due_on')"
    else:
        number, due_on = "CAST(data ->> 'number' AS integer)", "CAST(data ->> 'due_on' AS date)"
    op.execute(
        f"UPDATE outbox_letter SET number = {number}, due_on = {due_on}"
        " WHERE kind IN ('reminder', 'urging', 'review')"
    )
    op.drop_index("ix_outbox_letter_waiting", "outbox_letter")
    op.drop_index("ix_outbox_letter_case_id", "outbox_letter")
    waiting = "state IN ('no_contact', 'pending')"
    _partial("ix_outbox_letter_waiting", "outbox_letter", ["not_before"], waiting)
    _partial("ix_outbox_letter_case_id", "outbox_letter", ["case_id"], "case_id IS NOT NULL")


def _extend_tasks() -> None:
    zero, no = {"server_default": "0"}, {"server_default": sa.false()}
    for column in (
        sa.Column("due_set_on", sa.Date(), nullable=True),
        sa.Column("due_unpaused_on", sa.Date(), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("percent", sa.SmallInteger(), nullable=True),
        sa.Column("late_step", sa.SmallInteger(), nullable=False, **zero),
        sa.Column("count_step", sa.SmallInteger(), nullable=False, **zero),
        sa.Column("urgent", sa.Boolean(), nullable=False, **no),
        sa.Column("parent_id", _id(), nullable=True),
        sa.Column("successor_id", _id(), nullable=True),
    ):
        op.add_column("task", column)
    op.execute("UPDATE task SET due_set_on = assigned_on, due_unpaused_on = due_on")
    op.execute(
        "UPDATE task SET paused_on = (SELECT max(e.happened_on) FROM task_event e WHERE e.task_id = task.id"
        " AND e.kind = 'escalated') WHERE status = 'paused'"
    )
    for name in ("ix_task_agency_status", "ix_task_awaited_due", "ix_task_awaited_review"):
        op.drop_index(name, "task")
    with op.batch_alter_table("task") as batch:
        batch.alter_column("due_set_on", existing_type=sa.Date(), nullable=False)
        for name in ("late_step", "count_step", "urgent"):
            batch.alter_column(name, server_default=None)
        batch.create_check_constraint(op.f("ck_task_percent"), "percent BETWEEN 0 AND 100")
        batch.create_foreign_key(op.f("fk_task_parent_id"), "task", ["parent_id"], ["id"])
        batch.create_foreign_key(op.f("fk_task_successor_id"), "task", ["successor_id"], ["id"])


def _index_tasks() -> None:
    dated = f"{AWAITED} AND due_on IS NOT NULL"
    op.create_index("ix_task_listed", "task", [sa.text("(due_on IS NULL)"), "due_on", "id"])
    _partial("ix_task_due", "task", ["due_on"], dated)
    _partial("ix_task_urge_first", "task", ["due_on"], f"{AWAITED} AND last_urged_on IS NULL")
    _partial("ix_task_urge_again", "task", ["last_urged_on"], f"{AWAITED} AND last_urged_on IS NOT NULL")
    _partial("ix_task_review", "task", ["review_on"], f"{AWAITED} AND due_on IS NULL")
    _partial("ix_task_late", "task", ["late_step", "due_on"], dated)
    _partial("ix_task_submitted", "task", ["submitted_on"], "status = 'submitted'")
    _partial("ix_task_desk", "task", ["agency_id", sa.text("(due_on IS NULL)"), "due_on", "id"], OPEN)
    recurring = ["directive_id", "agency_id", "occurrence"]
    _partial("ix_task_recurring", "task", recurring, "occurrence > 0")
    _partial("ix_task_parent", "task", ["parent_id"], "parent_id IS NOT NULL")


def _extend_cooperation() -> None:
    state = sa.Column("state", sa.String(24), nullable=False, server_default="asked")
    op.add_column("task_cooperation", state)
    op.add_column("task_cooperation", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("task_cooperation", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("task_cooperation", sa.Column("last_report_on", sa.Date(), nullable=True))
    with op.batch_alter_table("task_cooperation") as batch:
        batch.alter_column("state", server_default=None)
        batch.alter_column("version", server_default=None)
        _words(batch, "task_cooperation", "state", PARTS)


def _extend_urgings() -> None:
    op.add_column("urging", sa.Column("letter_key", sa.String(), nullable=True))
    op.add_column("urging", sa.Column("sender", sa.String(), nullable=False, server_default=""))
    op.add_column("urging", sa.Column("paper_id", _id(), nullable=True))
    op.execute("UPDATE urging SET letter_key = 'urging:' || task_id || ':' || number")
    with op.batch_alter_table("urging") as batch:
        batch.alter_column("sender", server_default=None)
        batch.create_foreign_key(op.f("fk_urging_paper_id"), "urging_paper", ["paper_id"], ["id"])
    _partial("ix_urging_paper_id", "urging", ["paper_id"], "paper_id IS NOT NULL")


def _tell_history() -> None:
    """What is known of the deadlines so far; and the row as it stands, for replays to begin with."""
    op.execute(
        "INSERT INTO deadline_change (task_id, seq, changed_on, due_on, cause, event_seq, note)"
        " SELECT id, 0, assigned_on, original_due_on, 'issued', 0, '' FROM task"
        " WHERE original_due_on IS NOT NULL ORDER BY id"
    )
    moved = "t.due_on IS NOT NULL AND (t.original_due_on IS NULL OR t.original_due_on <> t.due_on)"
    op.execute(
        "INSERT INTO deadline_change (task_id, seq, changed_on, old_due_on, due_on, cause, event_seq, note)"
        " SELECT t.id, CASE WHEN t.original_due_on IS NULL THEN 0 ELSE 1 END, e.happened_on,"
        " t.original_due_on, t.due_on, 'decision', e.seq, '' FROM task t JOIN task_event e"
        " ON e.task_id = t.id AND e.seq = (SELECT max(d.seq) FROM task_event d WHERE d.task_id = t.id"
        f" AND d.kind = 'decided') WHERE {moved} ORDER BY t.id"
    )
    op.execute(
        "UPDATE task SET due_set_on = coalesce((SELECT max(c.changed_on) FROM deadline_change c"
        " WHERE c.task_id = task.id), assigned_on)"
    )
    _keep_present_rows()


def _keep_present_rows() -> None:
    """The events so far did not tell all that changed, so each task's last one now says how it stands."""
    columns = (
        "paused_from", "due_on", "original_due_on", "review_on", "submitted_on", "confirmed_on",
        "last_report_on", "urged", "last_urged_on", "due_set_on", "due_unpaused_on", "paused_on",
    )  # fmt: skip
    connection = op.get_bind()
    query = sa.text(
        f"SELECT e.id AS event_id, e.data, {', '.join(f't.{name}' for name in columns)} FROM task t"
        " JOIN task_event e ON e.task_id = t.id"
        " AND e.seq = (SELECT max(l.seq) FROM task_event l WHERE l.task_id = t.id)"
    )
    update = sa.text("UPDATE task_event SET data = :data WHERE id = :id")
    rows = []
    for row in connection.execute(query).mappings():
        data = json.loads(row["data"]) if isinstance(row["data"], str) else row["data"]
        present = {
            name: row[name] if isinstance(row[name], int | None) else str(row[name]) for name in columns
        }
        rows.append({"id": row["event_id"], "data": json.dumps({**data, "changes": present})})
    if rows:
        connection.execute(update, rows)
