"""What our channels have in common."""
