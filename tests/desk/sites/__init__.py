"""Tests of site settings, members and the audit log."""
