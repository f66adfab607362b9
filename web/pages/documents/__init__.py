"""Pages of papers: drafts, the last look, what is issued."""
