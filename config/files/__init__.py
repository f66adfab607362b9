"""Files that a person names: bounded, read once, refused with file, line and field."""
