"""Reading in a process of its own (decision 0012): see ``flows/actions/reading/apart/reader.py``."""
