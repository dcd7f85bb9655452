"""Tests of the queue, decisions, bulk decisions and exports."""
