"""What is asked of letters and messages."""
