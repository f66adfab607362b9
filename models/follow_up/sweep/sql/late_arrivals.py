"""Urgings that came to their body only after the sweep had looked: owed and then sent, or by a công văn."""

from models.database.predicates import one_of
from rules.letter_words import DELIVERED, MessageState
from rules.vocabulary import EventKind

_SETTLED = one_of("m.state", DELIVERED | {MessageState.UNKNOWN})
#: Whether an urging of the task ``t`` has come to anybody, or may have, from the instant ``looked_at`` on.
#: LIMIT keeps PostgreSQL from reading all messages at once and looking each task up among them.
ARRIVED_LATE = f"""(
    (SELECT 1 FROM urging u JOIN outbox_letter l ON l.key = u.letter_key
      JOIN message_letter c ON c.letter_id = l.id JOIN outbox_message m ON m.id = c.message_id
      WHERE u.task_id = t.id AND {_SETTLED} AND m.settled_at >= :looked_at LIMIT 1) IS NOT NULL
    OR (SELECT 1 FROM task_event e WHERE e.task_id = t.id AND e.kind = '{EventKind.PAPER_ISSUED.value}'
      AND e.happened_at >= :looked_at LIMIT 1) IS NOT NULL
  )"""
