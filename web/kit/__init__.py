"""What every page is made with: its desk, its words and marks, what stands above it."""
