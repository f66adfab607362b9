"""Labelled documents in sets, the scorer, and what the reader makes of them.

``dev`` came with the guideline and the reader was developed on it; ``second`` was written before
any tuning and then tuned on; ``third`` is never looked at but for its figures. ``fourth``,
``fifth`` and ``sixth`` were written by others who did not know the reader, measured, then tuned on.
"""
