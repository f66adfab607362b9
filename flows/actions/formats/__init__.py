"""One file for each format that an office hands in; ``flows.actions.read_document`` chooses."""
