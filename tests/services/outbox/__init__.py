"""Tests of the relay, its failures and what is set aside."""
