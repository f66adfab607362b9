"""Signing in: what a person proves, how long it stands, and what takes it away."""
