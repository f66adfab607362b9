"""What is read of a task, a file a read; it becomes ``models/tasks/`` when the tables move in beside it."""
