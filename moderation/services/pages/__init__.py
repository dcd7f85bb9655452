"""Fetch pages politely and safely, keep their texts, lock them."""
