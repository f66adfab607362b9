"""The database itself: its address, its schema, and what every query shares."""
