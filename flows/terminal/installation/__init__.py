"""Commands that keep an installation: its clock, its backups, its supply, its servers."""
