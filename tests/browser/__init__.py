"""The pages in a real browser: how they look, print and work without a script."""
