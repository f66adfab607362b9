"""What is read of letters and messages; it becomes ``models/outbox/`` when the tables move in beside it."""
