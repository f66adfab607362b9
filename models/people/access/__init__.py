"""Who looks and what is open to them: viewers by their seats, and the conditions of what each sees."""
