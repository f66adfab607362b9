"""Messages of a Zalo Official Account."""
