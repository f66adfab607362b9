"""Reminders, urgings and what they came to: what is read of them, a file a read."""
