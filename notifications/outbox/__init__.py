"""Letters and messages as rows under way: written, carried, claimed, moved."""
