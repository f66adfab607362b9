"""Urgings that came to their body only after the sweep had looked: owed and then sent, or by a công văn."""

from models.predicates import one_of
from models.urging_reach import LETTERS_SQL
from rules.letter_words import DELIVERED, MessageState

_SETTLED = one_of("m.state", DELIVERED | {MessageState.UNKNOWN})
#: Whether an urging of the task ``t`` has come to anybody, or may have, from the instant ``looked_at`` on.
ARRIVED_LATE = (
    f"(EXISTS (SELECT 1 {LETTERS_SQL} JOIN message_letter c ON c.letter_id = l.id"
    f" JOIN outbox_message m ON m.id = c.message_id WHERE u.task_id = t.id AND {_SETTLED}"
    " AND m.settled_at >= :looked_at)"
    " OR EXISTS (SELECT 1 FROM task_event e WHERE e.task_id = t.id AND e.kind = 'paper_issued'"
    " AND e.happened_at >= :looked_at))"
)
