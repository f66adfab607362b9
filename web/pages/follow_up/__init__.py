"""Pages of the digest and of urging papers."""
