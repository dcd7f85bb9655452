"""Tests of putting reports into cases."""
