"""A file becomes a draft that people correct; what they teach is kept."""
