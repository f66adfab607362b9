"""Pages of the committee: its meetings."""
