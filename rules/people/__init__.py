"""Who is who (the register by names), and who may do what to which row: one question a noun."""
