"""What is asked of letters, messages and addresses: how they stand, who cannot be reached."""
