"""Tests of the queue, case pages and bulk decisions."""
