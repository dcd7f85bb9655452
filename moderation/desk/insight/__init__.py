"""The editors' statistics and charts."""
