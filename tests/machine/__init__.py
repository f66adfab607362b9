"""Whatever happens in whatever order: random histories of an office, and the laws that hold in each."""
