"""The command line: what all commands share, a room a subject, and what is printed on the way."""
