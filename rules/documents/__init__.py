"""A paper: its marks and numbers, and what people changed in its reading."""
