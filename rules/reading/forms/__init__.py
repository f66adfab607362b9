"""The forms in which directives are written: running text, task slips, tables; and the account of all."""
