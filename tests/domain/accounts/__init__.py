"""Tests of rules about accounts."""
