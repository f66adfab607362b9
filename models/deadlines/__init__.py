"""What deadlines were counted by, how they are counted anew, and the events that some wait for."""
