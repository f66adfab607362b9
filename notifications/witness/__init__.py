"""What left the building, written beside the database, so that nothing is said twice."""
