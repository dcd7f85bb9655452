"""Tests of what all Flask pages share."""
