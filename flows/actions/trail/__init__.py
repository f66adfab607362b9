"""The trail: what is written down besides what a door notes by itself, its chain, and who asks for it."""
