"""The daily sweep by sets: the rules give days and steps, SQL selects and inserts (decision 0006).

The second door through which tasks change, for urgings, crossings and reviews only; the first one is
``flows/actions/doors/task.py``. Everything runs in the caller's transaction.
"""
