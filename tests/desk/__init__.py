"""Tests of the desk, through HTTP."""
