"""The trail of who did what: its words, and how a chain of hashes seals it."""
