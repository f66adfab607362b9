"""Who may do what to which row: one question a noun, asked at its door."""
