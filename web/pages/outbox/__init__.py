"""Pages of what leaves the building, and what a person must decide about it."""
