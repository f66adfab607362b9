"""What is read to sign somebody in, and the tokens of one-time links."""
