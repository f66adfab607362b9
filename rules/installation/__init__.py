"""The machine that an office runs on, as far as it decides anything."""
