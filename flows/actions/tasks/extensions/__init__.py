"""A later deadline: asked for, countered, decided."""
