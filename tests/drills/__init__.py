"""Faults of sessions, databases, workers and Prefect, met for real: ``make drills``."""
