"""Tests of duration histograms."""
