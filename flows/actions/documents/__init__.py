"""A paper on its way: stored, looked at, issued, added to, taken back."""
