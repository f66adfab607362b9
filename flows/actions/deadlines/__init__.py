"""Days that set or move deadlines: a receipt, an event that came, the notice of a year."""
