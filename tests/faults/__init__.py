"""Tests that kill processes and cut connections: no report is lost, none counts twice."""
