"""Papers and their directives: what is read of them, a file a read."""
