"""One-time links: their tokens, of which the database keeps a hash only."""
