"""First step: one text in three views of equal length, and the words that every later step asks for."""
