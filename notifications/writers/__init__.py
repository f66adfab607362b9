"""From the letters of one bundle to their words: what the rows say now, handed to ``notifications/letters``.

``notifications/kinds.py`` names the writer of each kind.
"""
