"""Pages of tasks: the list, one task with its forms and history, the hand-over."""
