"""Find a passage again in a page text, and tell whether it is corrected."""
