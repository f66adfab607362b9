"""Signing in: passwords, second factors, links, and how long a sign-in stands."""
