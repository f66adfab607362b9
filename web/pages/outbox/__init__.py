"""Pages of what leaves the building."""
