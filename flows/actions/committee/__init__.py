"""The committee: its meetings."""
