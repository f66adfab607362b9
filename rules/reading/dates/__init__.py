"""By when, how often, after what: phrases to days."""
