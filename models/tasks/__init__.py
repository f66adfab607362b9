"""What is asked of tasks."""
