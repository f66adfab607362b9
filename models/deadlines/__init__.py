"""What deadlines were counted by, and the events that some wait for."""
