"""What is beyond the authority of a body: the ladder, and who answers what."""
