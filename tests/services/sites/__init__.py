"""Tests of site administration, export and retention."""
