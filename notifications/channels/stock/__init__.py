"""Everything else that Apprise speaks, with Apprise's own plugins, kept outside the office's network."""
