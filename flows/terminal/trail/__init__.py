"""``dondoc audit``: the trail at the command line."""
