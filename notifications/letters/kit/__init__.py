"""What letters are set from."""
