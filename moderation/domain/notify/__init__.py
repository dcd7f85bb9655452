"""Rules of telling people: when."""
