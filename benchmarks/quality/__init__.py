"""How well triage finds, groups, suggests and sees mended, on real typos."""
