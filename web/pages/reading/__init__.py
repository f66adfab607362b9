"""Pages by which a paper comes in."""
