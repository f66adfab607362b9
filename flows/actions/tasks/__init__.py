"""What a body, its assigner and the office do with a task."""
