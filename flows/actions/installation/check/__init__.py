"""What ``dondoc check`` looks at: one file a check, named in ``checks.py``."""
