"""Our own fuzzers: what a stranger might send, made from seeds, tried on the real product, from outside.

A kind (``kinds.py``) tries one seed at a time in a process of its own; ``watch.py`` sees whether it ends,
how long it takes and how much memory it uses. ``make fuzz`` runs for an hour.
"""
