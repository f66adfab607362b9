"""The words of every letter that leaves the building: facts in, one ``Letter`` out.

Pure functions: no clock, no database, no settings. The words stand in ``templates/<letter>.j2``; who calls
them with what is ``notifications/writing/kinds.py``.
"""
