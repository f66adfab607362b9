"""Working days, and what recurs or rests by them."""
