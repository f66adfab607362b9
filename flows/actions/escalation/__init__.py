"""A matter beyond authority: raised, climbing, answered."""
