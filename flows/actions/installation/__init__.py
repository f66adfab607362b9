"""The office as an installation: its clock, its backups, its check, the weaknesses of what is installed."""
