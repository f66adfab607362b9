"""Measured against floors and limits: ``make bench``; one file a bench, named in ``__main__.py``."""
