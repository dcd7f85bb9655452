"""Tests of normalisation, page texts and passages."""
