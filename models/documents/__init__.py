"""Conclusions, their directives and the events they wait for: what is read of them, a file a read."""
