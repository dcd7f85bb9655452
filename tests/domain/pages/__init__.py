"""Tests of decoding, addresses, credits and the recheck schedule."""
