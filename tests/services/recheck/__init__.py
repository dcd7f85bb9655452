"""Tests of closing and reopening cases after a recheck."""
