"""A file becomes a draft that people correct; the names and corrections that they teach are kept."""
