"""Letters as rules: what makes each unique."""
