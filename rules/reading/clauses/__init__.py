"""One clause: who is addressed, what is asked, what is doubtful."""
