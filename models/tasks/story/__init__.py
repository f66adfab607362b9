"""What is told of one task beside its row: a file for each thing."""
