"""Histograms of durations."""
