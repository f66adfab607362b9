"""Commands of the committee's meetings."""
