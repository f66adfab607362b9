"""Letters from rows: which kinds there are, who writes each, and when one need not go any more."""
