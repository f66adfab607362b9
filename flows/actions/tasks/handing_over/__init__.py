"""Open tasks pass to another body."""
