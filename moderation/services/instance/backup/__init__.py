"""Back up an instance into one file, and restore it (docs/adr/0011)."""
