"""A paper: its marks, numbers and account, the names it teaches, and what people changed in its reading."""
