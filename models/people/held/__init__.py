"""Persons and the seats that they hold: reads, and whom letters reach by a seat."""
