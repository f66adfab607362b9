"""What is posted: how much of it, in which signs, with which files, by whom."""
