"""Tests of finding a passage again."""
