"""Commands of persons, their seats and absences."""
