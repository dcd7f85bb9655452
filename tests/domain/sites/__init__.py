"""Tests of settings, URLs and links."""
