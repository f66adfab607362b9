"""Commands that issue papers."""
