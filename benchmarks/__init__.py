"""Benchmarks. Each runs alone, compares with a peer in the same run, and prints its figures."""
