"""The tables that several subjects ask: one file a noun."""
