"""The page on which the trail is read, and the file that it leaves as."""
