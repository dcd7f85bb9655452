"""Tests of migrations and the demo."""
