"""What the clock does: reminders, urging, the digest, recurring duties; and what it would do."""
