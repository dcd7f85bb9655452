"""Insights: statistics and charts for editors."""
