"""Tests of tallies and statistics."""
