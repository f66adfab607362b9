"""The committee itself, and its meetings: what is read of them, a file a read."""
