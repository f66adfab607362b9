"""Pages of matters beyond authority."""
