"""What a person decides about letters that are under way."""
