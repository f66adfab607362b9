"""Matters beyond an agency's authority: what is read of the cases, a file a read."""
