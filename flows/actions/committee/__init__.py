"""The committee itself: its meetings are planned, moved, cancelled."""
