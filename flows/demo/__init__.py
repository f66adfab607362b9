"""The story of the demo: one office in 2022, told through the same actions as the pages."""
