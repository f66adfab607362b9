"""What a deadline means, from what it counts, and what a changed calendar makes of it."""
