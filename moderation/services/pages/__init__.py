"""Fetch pages, keep their texts, lock them."""
