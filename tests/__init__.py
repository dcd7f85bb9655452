"""Tests: the same floors and rooms as the code."""
