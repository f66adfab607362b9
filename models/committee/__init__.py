"""The committee itself: what is read of its meetings."""
