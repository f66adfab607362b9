"""The office as an installation: its clock, its backups, its files."""
