"""Fetch pages, keep their text, lock them."""
