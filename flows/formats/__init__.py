"""One file for each format that an office hands in; ``flows.actions.reading.read_document`` chooses."""
