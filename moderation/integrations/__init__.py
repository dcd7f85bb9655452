"""Other systems: one room a kind, one file a system."""
