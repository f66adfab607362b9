"""The database itself: its address, its schema, the swap, and what every query shares."""
