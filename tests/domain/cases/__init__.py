"""Tests of lifecycle, grouping, priority and spam."""
