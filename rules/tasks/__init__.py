"""What may happen to a task, and what it asks of whom."""
