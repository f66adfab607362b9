"""Commands that read papers, and show what was learned."""
