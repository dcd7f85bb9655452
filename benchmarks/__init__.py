"""Measurements: each runs alone (`make bench-NAME`), compares with a peer in the same run, prints figures."""
