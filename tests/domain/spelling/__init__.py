"""Tests of the spell checker."""
