"""Working days, what recurs by them, and what a pause takes of them."""
