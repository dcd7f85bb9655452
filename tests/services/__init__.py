"""Tests of the use cases, on a real PostgreSQL and Redis."""
