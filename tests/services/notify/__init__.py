"""Tests of mail, against a real SMTP server."""
