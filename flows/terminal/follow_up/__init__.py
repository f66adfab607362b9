"""Commands that follow up, or show what would follow."""
