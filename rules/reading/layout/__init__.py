"""A text as lines, blocks and sentences; its head, its zones, its voices."""
