"""The database as a thing that is kept: who works on it, how it is copied, set back and told the time."""
