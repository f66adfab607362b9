"""Pages of deadlines counted anew, and of events that some wait for."""
