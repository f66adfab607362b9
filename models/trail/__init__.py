"""The trail: who did what, row by row, sealed by a chain of hashes."""
