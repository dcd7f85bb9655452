"""Tests of the time of digests."""
