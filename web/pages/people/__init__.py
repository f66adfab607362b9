"""The people of the office: who sits where, who is away, who may use the system."""
