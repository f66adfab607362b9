"""What strangers send, by every way in: pages, papers, settings, text, the machine."""
