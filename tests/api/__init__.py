"""Tests of the JSON API, through HTTP."""
