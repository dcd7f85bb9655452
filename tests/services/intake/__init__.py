"""Tests of accepting and storing reports, and of receipts."""
