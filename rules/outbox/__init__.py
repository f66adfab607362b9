"""Letters as rules: their kinds and keys, what travels together, what an address is and how it is spelt."""
