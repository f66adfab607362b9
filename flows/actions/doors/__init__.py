"""The doors through which rows change: one a noun, each a swap with the row of history that tells it."""
