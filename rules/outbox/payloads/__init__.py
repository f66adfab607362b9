"""What each kind of letter carries: a payload and its row (``rules/outbox/payloads/row.py``) a kind.

Nothing is written that nobody reads (``tests/notifications/letters/test_letter_data.py``). ``number``,
``due_on``, the task and the case are columns of the letter; a docstring says what a kind means by them.
"""
