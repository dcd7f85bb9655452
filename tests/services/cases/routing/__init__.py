"""Which case a rule assigns, and whom it tells."""
