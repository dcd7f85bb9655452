"""Other systems: one folder per kind, one file per system."""
