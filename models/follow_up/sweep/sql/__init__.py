"""What the statements of the sweep are made of, in the words of either database."""
