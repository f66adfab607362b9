"""Bodies as those who act: which of them may have a role on which row."""
