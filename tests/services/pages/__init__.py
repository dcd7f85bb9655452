"""Tests of fetching pages and keeping their texts."""
