"""The register: bodies, what became of them, and which of them belong to a row."""
