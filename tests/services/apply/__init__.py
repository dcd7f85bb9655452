"""Tests of corrections applied in a CMS."""
