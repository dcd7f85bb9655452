"""Tests of finding and changing a passage in the source of an article."""
