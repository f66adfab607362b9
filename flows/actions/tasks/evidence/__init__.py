"""Files that come with a report, from the form to the folder."""
