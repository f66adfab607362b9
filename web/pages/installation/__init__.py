"""Pages of the machine: its clock."""
