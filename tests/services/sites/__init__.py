"""Tests of site administration, members, request headers and widget health."""
